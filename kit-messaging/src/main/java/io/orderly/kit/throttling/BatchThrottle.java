package io.orderly.kit.throttling;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the batches of a busy worker apart. One that begins anew the moment it is done finds a message or two each time, and
 * pays for a transaction each time; if it rests until some milliseconds after it began, it finds all that has come meanwhile.
 *
 * <p>A batch about a single key is followed by no rest: that order is alone, someone waits for it, and there is nobody to
 * share a transaction with. With each further key the rest grows, up to {@value #BUSY} keys.
 *
 * @param interval from the beginning of one batch of a busy worker to that of the next, at least; zero for no rest
 */
public record BatchThrottle(Duration interval) {

    /** From so many keys in a batch on the worker is busy, and its rest a full one. */
    static final int BUSY = 5;

    /** @throws IllegalArgumentException if the interval is negative */
    public BatchThrottle {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("a pace is not negative, as " + interval + " is");
        }
    }

    /**
     * Rests until it is time for the next batch; not at all if the last one took that long.
     *
     * @param keys how many different keys the last one was about
     */
    public void pauseSince(long beganNanos, long keys) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(remainingNanos(beganNanos, System.nanoTime(), keys));
    }

    /** @return not above zero if it is time now */
    long remainingNanos(long beganNanos, long nowNanos, long keys) {
        long others = Math.clamp(keys - 1, 0, BUSY - 1);
        return interval.toNanos() * others / (BUSY - 1) - (nowNanos - beganNanos);
    }
}
