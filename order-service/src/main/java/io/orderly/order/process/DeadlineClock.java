package io.orderly.order.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The time by which deadlines are set and found to have come. It reads the wall clock when the process starts, and counts
 * monotonic time from there on: a wall clock that jumps makes no saga time out early, and none wait longer.
 *
 * <p>Instances that share a database must agree on this time, for each finds the deadlines of the others. So an instance that
 * watches leaves its time in the database at each look. One that starts, and whose wall clock says something else, watches
 * whether the time there goes on; if it does, another instance is at work, and its time holds here too.
 */
final class DeadlineClock implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeadlineClock.class);

    private final SharedDeadlineTime shared;
    private final InstantSource wallClock;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> sleep;
    private final Duration tolerance;
    private final Reading initialShared;
    private volatile Reading origin;
    private volatile boolean running;

    /** A time, and when it was read. */
    private record Reading(Instant time, long nanos) {}

    /**
     * @param nanoTime monotonic time, as {@link System#nanoTime}
     * @param sleep waits that long
     * @param tolerance how long another instance may take from one look to the next; also how far two times may be apart and
     *     still agree
     */
    DeadlineClock(
            SharedDeadlineTime shared,
            InstantSource wallClock,
            LongSupplier nanoTime,
            Consumer<Duration> sleep,
            Duration tolerance) {
        this.shared = shared;
        this.wallClock = wallClock;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        this.tolerance = tolerance;
        this.initialShared = reading(shared.reached());
        this.origin = reading(wallClock.instant());
    }

    Instant now() {
        Reading from = origin;
        return from.time().plusNanos(nanoTime.getAsLong() - from.nanos());
    }

    /** Tells instances that start from now on how far this time has come. */
    void publish() {
        shared.reach(now());
    }

    /** Agrees with the other instances, before anything here sets a deadline. */
    @Override
    public void start() {
        running = true;
        origin = reading(wallClock.instant());
        if (agrees(initialShared.time())) {
            return;
        }
        Reading others = reading(shared.reached());
        long waitedNanos = others.nanos() - initialShared.nanos();
        if (others.time().equals(initialShared.time()) && waitedNanos < tolerance.toNanos()) {
            sleep.accept(tolerance.minusNanos(waitedNanos));
            others = reading(shared.reached());
        }
        if (!others.time().equals(initialShared.time()) && !agrees(others.time())) {
            log.warn(
                    "The wall clock says {}, and the deadlines go by {} as at the instances that are at work",
                    now(),
                    others.time());
            origin = others;
        }
    }

    private boolean agrees(Instant time) {
        return Duration.between(time, now()).abs().compareTo(tolerance) <= 0;
    }

    private Reading reading(Instant time) {
        return new Reading(time, nanoTime.getAsLong());
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything that handles requests or messages. */
    @Override
    public int getPhase() {
        return 0;
    }
}
