package io.orderly.coordinator.peer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The delay before the next attempt. It doubles with each failure; half of it is random, so that members do not retry at the same time. */
final class Backoff {

    private final long minNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long nextNanos;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        minNanos = min.toNanos();
        maxNanos = max.toNanos();
        this.random = random;
        reset();
    }

    Duration next() {
        long wait = nextNanos - random.nextLong(nextNanos / 2 + 1);
        nextNanos = Math.min(maxNanos, 2 * nextNanos);
        return Duration.ofNanos(wait);
    }

    /** An attempt has succeeded. */
    void reset() {
        nextNanos = minNanos;
    }
}
