package io.orderly.kit.pace;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the batches of a worker apart. One that begins anew the moment it is done finds one or two messages each time, and
 * pays for a transaction each time; if it rests until some milliseconds after it began, it finds all that has come meanwhile.
 *
 * @param interval from the beginning of one batch to that of the next, at least; zero for no rest
 */
public record Pace(Duration interval) {

    /** @throws IllegalArgumentException if the interval is negative */
    public Pace {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("a pace is not negative, as " + interval + " is");
        }
    }

    /** Rests until it is time for the next batch; not at all if the last one took that long. */
    public void restSince(long beganNanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(remainingNanos(beganNanos, System.nanoTime()));
    }

    /** @return not above zero if it is time now */
    long remainingNanos(long beganNanos, long nowNanos) {
        return interval.toNanos() - (nowNanos - beganNanos);
    }
}
