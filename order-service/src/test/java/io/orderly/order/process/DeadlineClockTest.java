package io.orderly.order.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadlineClockTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Simulation simulation = new Simulation();

    @Test
    void isNotAffectedByJumpsOfTheWallClock() {
        DeadlineClock clock = simulation.start();
        Instant started = clock.now();
        simulation.pass(SECOND);

        simulation.wall = simulation.wall.plus(HOUR);
        assertThat(clock.now()).isEqualTo(started.plusSeconds(1));

        simulation.wall = simulation.wall.minus(HOUR).minus(HOUR);
        simulation.pass(SECOND);
        assertThat(clock.now()).isEqualTo(started.plusSeconds(2));
    }

    @Test
    void startsAtTheWallClockIfNoOtherInstanceIsRunning() {
        DeadlineClock beforeRestart = simulation.start();
        beforeRestart.publish();

        simulation.wall = simulation.wall.plus(HOUR);
        DeadlineClock afterRestart = simulation.start();

        assertThat(afterRestart.now()).isEqualTo(simulation.wall);
        assertThat(simulation.waited).isEqualTo(TOLERANCE);
    }

    @Test
    void startsWithoutWaitingIfTheWallClockAgrees() {
        simulation.start().publish();
        simulation.waited = Duration.ZERO;
        simulation.pass(SECOND);

        DeadlineClock afterRestart = simulation.start();

        assertThat(afterRestart.now()).isEqualTo(simulation.wall);
        assertThat(simulation.waited).isZero();
    }

    @Test
    void adoptsTheTimeOfARunningInstance() {
        for (Duration jump : new Duration[] {HOUR, HOUR.negated()}) {
            DeadlineClock running = simulation.start();
            running.publish();
            simulation.whileWaiting = running::publish;

            simulation.wall = simulation.wall.plus(jump);
            DeadlineClock started = simulation.start();

            simulation.pass(SECOND);
            assertThat(started.now()).isEqualTo(running.now());
            simulation.whileWaiting = () -> {};
        }
    }

    /** The stored time is its own, of before the stop, and not that of another instance. */
    @Test
    void goesOnWithItsTimeIfItWasStopped() {
        DeadlineClock clock = simulation.start();
        clock.publish();
        clock.stop();
        simulation.waited = Duration.ZERO;
        simulation.pass(HOUR);

        clock.start();

        assertThat(clock.now()).isEqualTo(NOON.plus(TOLERANCE).plus(HOUR));
        assertThat(simulation.waited).isZero();
    }

    /** A simulated wall clock, monotonic clock and database. */
    private static final class Simulation implements SharedDeadlineTime {

        private Instant wall = NOON;
        private long nanos = 17;
        private Instant stored = Instant.EPOCH;
        private Duration waited = Duration.ZERO;
        private Runnable whileWaiting = () -> {};

        DeadlineClock start() {
            var clock = new DeadlineClock(this, () -> wall, () -> nanos, this::sleep, TOLERANCE);
            clock.start();
            return clock;
        }

        void pass(Duration time) {
            wall = wall.plus(time);
            nanos += time.toNanos();
        }

        private void sleep(Duration time) {
            waited = time;
            pass(time);
            whileWaiting.run();
        }

        @Override
        public Instant load() {
            return stored;
        }

        @Override
        public void store(Instant now) {
            stored = now;
        }
    }
}
