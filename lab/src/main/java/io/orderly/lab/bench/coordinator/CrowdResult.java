package io.orderly.lab.bench.coordinator;

import io.orderly.lab.load.Latency;
import java.util.Locale;

/**
 * The latency of puts of a few clients, alone and beside a crowd of others.
 *
 * @param idle the number of idle connections
 * @param idleAtEnd how many of them the members had not closed at the end
 * @param watchesPerSecond watches that were opened and confirmed during the measurement, on a new connection each
 * @param failedWatches watches that a member refused or ended
 */
record CrowdResult(
        Latency alone,
        Latency besideIdle,
        int idle,
        int idleAtEnd,
        Latency besideWatches,
        double watchesPerSecond,
        long failedWatches) {

    /** The clients that put. */
    static final int CLIENTS = 10;

    /** The number of idle connections, if the limit of open files permits it. */
    static final int IDLE = 10_000;

    static final int WATCHES = 1_000;

    static final int RECONNECTS_PER_SECOND = 200;

    /** How many times as high the p99 is beside the idle connections. */
    double idleRatio() {
        return besideIdle.p99Millis() / alone.p99Millis();
    }

    /** How many times as high the p99 is beside the watches. */
    double watchesRatio() {
        return besideWatches.p99Millis() / alone.p99Millis();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "puts of %d clients: p99 %.1f ms alone; %.1f ms (%.2f times) beside %,d idle connections, %,d of them"
                        + " open at the end; %.1f ms (%.2f times) beside %,d watches, %.0f reconnected per second, %,d"
                        + " failed",
                CLIENTS,
                alone.p99Millis(),
                besideIdle.p99Millis(),
                idleRatio(),
                idle,
                idleAtEnd,
                besideWatches.p99Millis(),
                watchesRatio(),
                WATCHES,
                watchesPerSecond,
                failedWatches);
    }
}
