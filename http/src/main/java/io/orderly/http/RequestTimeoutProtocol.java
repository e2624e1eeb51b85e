package io.orderly.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with a timeout for the arrival of a whole request, head and body. Tomcat's own timeouts apply to each read, so
 * they never end a request whose client sends a byte now and then.
 *
 * <p>Public because Tomcat creates it by class name.
 */
public final class RequestTimeoutProtocol extends Http11NioProtocol {

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

    private final IncompleteRequests incompleteRequests = new IncompleteRequests(System::nanoTime);
    private @Nullable ScheduledFuture<?> checks;

    public RequestTimeoutProtocol() {
        // Do not wait for the rest of a request that was refused.
        setMaxSwallowSize(0);
    }

    /** @param timeout from the first byte of a request to its last; by default there is no timeout */
    public void setRequestTimeout(Duration timeout) {
        incompleteRequests.setTimeout(timeout);
    }

    @Override
    protected Processor createProcessor() {
        return new RequestTimeoutProcessor(this, getAdapter(), incompleteRequests);
    }

    @Override
    public void start() throws Exception {
        super.start();
        long millis = CHECK_INTERVAL.toMillis();
        checks = getUtilityExecutor()
                .scheduleWithFixedDelay(incompleteRequests::closeLate, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (checks != null) {
            checks.cancel(false);
        }
        super.stop();
    }
}
