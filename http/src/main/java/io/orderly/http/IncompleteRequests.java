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

    /** @param nanoTime such as {@link System#nanoTime} */
    IncompleteRequests(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void setTimeout(Duration timeout) {
        timeoutNanos = timeout.toNanos();
    }

    /** A request begins to arrive now. */
    IncompleteRequest begin(SocketWrapperBase<?> connection) {
        var arrival = new IncompleteRequest(connection, nanoTime.getAsLong() + timeoutNanos);
        incomplete.add(arrival);
        return arrival;
    }

    /** The request is complete, or will never be. */
    void end(IncompleteRequest arrival) {
        incomplete.remove(arrival);
    }

    /** Ends the input of every connection whose request had its time. */
    void closeLate() {
        long now = nanoTime.getAsLong();
        incomplete.removeIf(arrival -> arrival.closeInputIfLate(now));
    }
}
