package io.orderly.kit.throttling;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Enforces a minimum interval between the batches of a busy worker. Without it, a worker that polls again immediately
 * handles one or two messages per transaction; with a pause of some milliseconds, more messages arrive in the meantime and
 * share a transaction.
 *
 * <p>There is no pause after a batch with a single key: at low load a pause would only add latency. The pause grows with
 * each further key, up to {@value #BUSY_KEYS} keys.
 *
 * @param interval the minimum time from the beginning of one batch of a busy worker to the beginning of the next; zero for
 *     no pause
 */
public record BatchThrottle(Duration interval) {

    /** The number of keys in a batch from which the worker counts as busy and the interval applies in full. */
    static final int BUSY_KEYS = 5;

    /** @throws IllegalArgumentException if the interval is negative */
    public BatchThrottle {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("the interval must not be negative, was " + interval);
        }
    }

    /**
     * Pauses until the next batch may begin; returns at once if the last batch took longer than the interval.
     *
     * @param keys the number of distinct keys in the last batch
     */
    public void pauseSince(long startNanos, long keys) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(remainingNanos(startNanos, System.nanoTime(), keys));
    }

    /** @return zero or negative if the next batch may begin now */
    long remainingNanos(long startNanos, long nowNanos, long keys) {
        long others = Math.clamp(keys - 1, 0, BUSY_KEYS - 1);
        return interval.toNanos() * others / (BUSY_KEYS - 1) - (nowNanos - startNanos);
    }
}
