package io.orderly.coordinator.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays before repeated attempts: chosen at random below a bound that doubles with each attempt, so that many clients that failed
 * at the same time do not return at the same time ("full jitter").
 *
 * @param first the bound before the second attempt
 * @param most the greatest bound
 */
public record Backoff(Duration first, Duration most) {

    public static final Backoff DEFAULTS = new Backoff(Duration.ofMillis(25), Duration.ofSeconds(1));

    /** @throws IllegalArgumentException if the first is not above 0, or above the greatest */
    public Backoff {
        if (first.isZero() || first.isNegative() || first.compareTo(most) > 0) {
            throw new IllegalArgumentException("the delays begin with %s and end with %s".formatted(first, most));
        }
    }

    /**
     * The delay before the next attempt.
     *
     * @param attempts that were made, from 1
     * @return at least 1 ms, or a twentieth of the bound
     */
    Duration delay(int attempts, RandomGenerator random) {
        long bound = Math.min(most.toNanos(), first.toNanos() << Math.min(attempts - 1, 20));
        if (bound <= 0) {
            bound = most.toNanos();
        }
        long least = Math.min(1_000_000, bound / 20);
        return Duration.ofNanos(least + random.nextLong(bound - least + 1));
    }
}
