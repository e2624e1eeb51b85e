package io.orderly.payment.charging;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delay after a failed attempt: exponential, bounded, and with jitter, so that payments that failed together are
 * not retried together.
 *
 * @param shortest the delay after the first attempt, before jitter
 * @param longest the upper limit of the delay
 */
record BackOff(Duration shortest, Duration longest) {

    private static final int MAX_DOUBLINGS = 20;

    /** @param attempt the number of the failed attempt, counted from 1 */
    Duration after(int attempt, RandomGenerator random) {
        int doublings = Math.clamp(attempt - 1L, 0, MAX_DOUBLINGS);
        long fullMillis = Math.min(longest.toMillis(), shortest.toMillis() << doublings);
        return Duration.ofMillis(fullMillis / 2 + random.nextLong(fullMillis / 2 + 1));
    }
}
