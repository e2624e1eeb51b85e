package io.orderly.payment.charging;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The limits of the tries of one call to the provider.
 *
 * @param most the number of tries after which the call has failed; 1 for no retry
 * @param delay after the first failed try; it grows exponentially, and has jitter
 */
record Tries(int most, Duration delay) {

    /** Only failures that indicate an unavailable provider are tried again, not refused requests and full bulkheads. */
    RetryConfig config() {
        return RetryConfig.custom()
                .maxAttempts(most)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(delay))
                .retryExceptions(ProviderUnavailableException.class, TimeoutException.class)
                .build();
    }
}
