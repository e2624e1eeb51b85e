package io.orderly.coordinator.lease;

import java.time.Duration;

/**
 * Settings of a {@link LeaseClock}.
 *
 * @param longestTick the maximum time that is counted between two ticks: if they are further apart, the process was paused, and the
 *     renewals of clients waited for it. A multiple of the tick interval
 * @param checkpointEvery how often the remaining time of a lease that is not renewed is replicated at least; sooner when half of it has
 *     passed. A shorter interval ends leases sooner if leaders change often, and costs commands
 * @param maxBatch leases in one command
 * @param maxWaiting pending renewals; the next one is refused
 */
public record LeaseClockSettings(Duration longestTick, Duration checkpointEvery, int maxBatch, int maxWaiting) {

    /** For ticks every few ten milliseconds. */
    public static final LeaseClockSettings DEFAULTS =
            new LeaseClockSettings(Duration.ofMillis(200), Duration.ofMinutes(5), 1_000, 100_000);

    /**
     * @throws IllegalArgumentException if a value is not above 0, or {@code longestTick} is not below the shortest checkpoint
     */
    public LeaseClockSettings {
        if (!longestTick.isPositive() || !checkpointEvery.isPositive() || maxBatch <= 0 || maxWaiting <= 0) {
            throw new IllegalArgumentException("longestTick %s, checkpointEvery %s, maxBatch %d, maxWaiting %d"
                    .formatted(longestTick, checkpointEvery, maxBatch, maxWaiting));
        }
        if (longestTick.compareTo(checkpointEvery) >= 0
                || longestTick.toMillis() >= TimedLease.LEAST_CHECKPOINT_MILLIS) {
            throw new IllegalArgumentException("longestTick %s is not below checkpointEvery %s and %d ms"
                    .formatted(longestTick, checkpointEvery, TimedLease.LEAST_CHECKPOINT_MILLIS));
        }
    }
}
