package io.orderly.coordinator.lease;

import java.time.Duration;

/**
 * How a {@link LeaseClock} goes about it.
 *
 * @param longestTick of a longer time between two ticks only this much counts: the process stood still, and so did the clients'
 *     renewals on their way to it. A multiple of the interval of ticks
 * @param checkpointEvery a lease that is not renewed has its remaining time written down this often at least; sooner when it has
 *     gone by half. Shorter lets leases end sooner where leaders change often, and costs commands
 * @param maxBatch leases in one command
 * @param maxWaiting renewals under way; the next one is refused
 */
public record LeaseClockSettings(Duration longestTick, Duration checkpointEvery, int maxBatch, int maxWaiting) {

    /** For ticks every few ten milliseconds. */
    public static final LeaseClockSettings DEFAULTS =
            new LeaseClockSettings(Duration.ofMillis(200), Duration.ofMinutes(5), 1_000, 100_000);

    /**
     * @throws IllegalArgumentException if a value is not above 0, or so much may be missed in a tick that nothing is worth
     *     writing down
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
