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
 * The time used to set deadlines and to check whether they have passed. It reads the wall clock when the process starts and adds
 * elapsed monotonic time from then on, so a jump of the wall clock neither shortens nor extends a deadline.
 *
 * <p>Instances that share a database must agree on this time, because each of them processes the deadlines of the others. Every
 * instance therefore stores its time in the database at each poll. An instance that starts with a different wall clock checks
 * whether the stored time advances; if it does, another instance is running, and the new instance adopts the stored time.
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
    private boolean hasOrigin;
    private volatile boolean running;

    /** A time and the monotonic time at which it was read. */
    private record Reading(Instant time, long nanos) {}

    /**
     * @param nanoTime monotonic time, as {@link System#nanoTime}
     * @param sleep blocks for the given duration
     * @param tolerance the longest interval between two polls of a running instance; also the largest difference at which two
     *     times still count as equal
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
        this.initialShared = reading(shared.load());
        this.origin = reading(wallClock.instant());
    }

    Instant now() {
        Reading from = origin;
        return from.time().plusNanos(nanoTime.getAsLong() - from.nanos());
    }

    /** Stores the current time for instances that start later. */
    void publish() {
        shared.store(now());
    }

    /**
     * Adopts the time of the running instances, if there are any, before this instance sets a deadline. If it was stopped, its time has
     * advanced meanwhile, and it goes on with it.
     */
    @Override
    public void start() {
        running = true;
        if (hasOrigin) {
            return;
        }
        hasOrigin = true;
        origin = reading(wallClock.instant());
        if (agrees(initialShared.time())) {
            return;
        }
        Reading others = reading(shared.load());
        long waitedNanos = others.nanos() - initialShared.nanos();
        if (others.time().equals(initialShared.time()) && waitedNanos < tolerance.toNanos()) {
            sleep.accept(tolerance.minusNanos(waitedNanos));
            others = reading(shared.load());
        }
        if (!others.time().equals(initialShared.time()) && !agrees(others.time())) {
            log.warn(
                    "The wall clock reads {}, but the running instances use {}; deadlines follow the running instances",
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

    /** Starts before the beans that handle requests or messages. */
    @Override
    public int getPhase() {
        return 0;
    }
}
