package io.orderly.coordinator.clock;

import io.orderly.clock.HybridTimestamp;
import java.time.Duration;

/**
 * Limits of the {@link TimestampOracle}.
 *
 * @param window how far ahead of the clock the replicated bound is raised. A longer one costs fewer log entries, and lets the first
 *     timestamps after a change of leader lie further ahead of the clock
 * @param maxDrift a timestamp further ahead of the leader's clock than this is not handed out; at least {@code window}
 * @param maxRange timestamps in one range; at most half of what fits into {@code window}
 * @param maxWaiting requests that wait; the next one is refused
 */
public record OracleSettings(Duration window, Duration maxDrift, int maxRange, int maxWaiting) {

    private static final int TIMESTAMPS_PER_MILLI = HybridTimestamp.MAX_COUNTER + 1;

    /** Two log entries a second while timestamps are requested. */
    public static final OracleSettings DEFAULTS =
            new OracleSettings(Duration.ofSeconds(1), Duration.ofSeconds(5), 1_000_000, 16_384);

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public OracleSettings {
        if (window.toMillis() < 2) {
            throw new IllegalArgumentException("window is %s, under 2 ms".formatted(window));
        }
        if (maxDrift.compareTo(window) < 0) {
            throw new IllegalArgumentException("maxDrift %s is under window %s".formatted(maxDrift, window));
        }
        if (maxRange <= 0 || maxRange > window.toMillis() * TIMESTAMPS_PER_MILLI / 2) {
            throw new IllegalArgumentException(
                    "maxRange is %d, not within 1 and half of what fits into window %s".formatted(maxRange, window));
        }
        if (maxWaiting <= 0) {
            throw new IllegalArgumentException("maxWaiting is %d, not above 0".formatted(maxWaiting));
        }
    }

    long timestampsPerWindow() {
        return window.toMillis() * TIMESTAMPS_PER_MILLI;
    }

    /** The latest time from which no arithmetic goes beyond the last timestamp. */
    long lastClockMillis() {
        return HybridTimestamp.MAX_PHYSICAL_MILLIS - maxDrift.toMillis() - window.toMillis();
    }
}
