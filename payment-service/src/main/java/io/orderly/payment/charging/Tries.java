package io.orderly.payment.charging;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;

/**
 * The limits of the tries of one call to the provider.
 *
 * @param most the number of tries after which the call has failed; 1 for no retry
 * @param delay after the first failed try; it grows exponentially, and has jitter
 */
record Tries(int most, Duration delay) {

    /** @param failures has the failures after which a call is tried again */
    RetryConfig config(RetryConfig failures) {
        return RetryConfig.from(failures)
                .maxAttempts(most)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(delay))
                .build();
    }
}
