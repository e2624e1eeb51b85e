package io.orderly.lab.load;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How clients repeat a request that failed with a transient error or got no response.
 *
 * @param pauses the time between two attempts
 * @param budget the most retries for each first request, of all clients together; null if they are not limited
 * @param timeout how long a client waits for the response to an attempt
 */
public record RetryPolicy(Pauses pauses, @Nullable Double budget, Duration timeout) {

    /** The lab's clients, unless an experiment says otherwise. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Pauses.RETRY_AFTER, null, Duration.ofSeconds(10));

    /** The time between two attempts. Up to half of it is added at random, so that clients do not come back at the same moment. */
    public enum Pauses {
        /** At least as long as {@code Retry-After} says, and twice as long each time. */
        RETRY_AFTER,
        /** Always 50 ms, whatever the response says. */
        EAGER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** For the report. */
    @Override
    public String toString() {
        String most = budget == null ? "" : ", at most %s retries for each request".formatted(budget);
        return "%s%s, timeout %d ms".formatted(pauses, most, timeout.toMillis());
    }
}
