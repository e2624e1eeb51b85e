package io.orderly.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with a limit to the time in which a whole request, head and body, has to arrive. Tomcat's own timeouts are about the
 * wait for the next byte, so a client that sends a byte now and then is never too slow for them.
 *
 * <p>Public because Tomcat creates it from its name.
 */
public final class RequestTimeoutProtocol extends Http11NioProtocol {

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

    private final IncompleteRequests arrivals = new IncompleteRequests(System::nanoTime);
    private @Nullable ScheduledFuture<?> checks;

    public RequestTimeoutProtocol() {
        // What a refused request has not sent yet is not waited for.
        setMaxSwallowSize(0);
    }

    /** @param timeout from the first byte of a request to its last; without one a request may take for ever */
    public void setRequestTimeout(Duration timeout) {
        arrivals.setTimeout(timeout);
    }

    @Override
    protected Processor createProcessor() {
        return new RequestTimeoutProcessor(this, getAdapter(), arrivals);
    }

    @Override
    public void start() throws Exception {
        super.start();
        long millis = CHECK_INTERVAL.toMillis();
        checks =
                getUtilityExecutor().scheduleWithFixedDelay(arrivals::closeLate, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (checks != null) {
            checks.cancel(false);
        }
        super.stop();
    }
}
