package io.orderly.payment.charging;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to rest after an attempt in vain: doubling, bounded, and spread, so that payments that failed together do not come
 * back together.
 *
 * @param shortest after the first attempt
 * @param longest where the doubling ends
 */
record BackOff(Duration shortest, Duration longest) {

    private static final int MAX_DOUBLINGS = 20;

    /** @param attempt counting from 1 */
    Duration after(int attempt, RandomGenerator random) {
        int doublings = Math.clamp(attempt - 1L, 0, MAX_DOUBLINGS);
        long fullMillis = Math.min(longest.toMillis(), shortest.toMillis() << doublings);
        return Duration.ofMillis(fullMillis / 2 + random.nextLong(fullMillis / 2 + 1));
    }
}
