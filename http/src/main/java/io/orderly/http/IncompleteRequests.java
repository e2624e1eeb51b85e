package io.orderly.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** The requests that have begun to arrive and are not complete. */
final class IncompleteRequests {

    private final Set<IncompleteRequest> incomplete = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;
    private volatile long timeoutNanos = Long.MAX_VALUE / 2;

    /** @param nanoTime the clock, such as {@link System#nanoTime} */
    IncompleteRequests(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void setTimeout(Duration timeout) {
        timeoutNanos = timeout.toNanos();
    }

    /** Registers a request that begins to arrive now. */
    IncompleteRequest begin(SocketWrapperBase<?> connection) {
        var request = new IncompleteRequest(connection, nanoTime.getAsLong() + timeoutNanos);
        incomplete.add(request);
        return request;
    }

    /** Removes a request that is complete or was abandoned. */
    void remove(IncompleteRequest request) {
        incomplete.remove(request);
    }

    /** Closes the input of every connection whose request exceeded its deadline. */
    void closeLate() {
        long now = nanoTime.getAsLong();
        incomplete.removeIf(request -> request.closeInputIfLate(now));
    }
}
