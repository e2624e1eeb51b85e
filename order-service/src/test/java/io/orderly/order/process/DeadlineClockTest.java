package io.orderly.order.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadlineClockTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final World world = new World();

    @Test
    void goesOnEvenlyWhileTheWallClockJumps() {
        DeadlineClock clock = world.start();
        Instant started = clock.now();
        world.pass(SECOND);

        world.wall = world.wall.plus(HOUR);
        assertThat(clock.now()).isEqualTo(started.plusSeconds(1));

        world.wall = world.wall.minus(HOUR).minus(HOUR);
        world.pass(SECOND);
        assertThat(clock.now()).isEqualTo(started.plusSeconds(2));
    }

    @Test
    void startsAtTheWallClockIfNoOtherInstanceIsAtWork() {
        DeadlineClock beforeTheRestart = world.start();
        beforeTheRestart.publish();

        world.wall = world.wall.plus(HOUR);
        DeadlineClock afterARestart = world.start();

        assertThat(afterARestart.now()).isEqualTo(world.wall);
        assertThat(world.waited).isEqualTo(PATIENCE);
    }

    @Test
    void startsAtOnceIfTheWallClockAgrees() {
        world.start().publish();
        world.waited = Duration.ZERO;
        world.pass(SECOND);

        DeadlineClock afterARestart = world.start();

        assertThat(afterARestart.now()).isEqualTo(world.wall);
        assertThat(world.waited).isZero();
    }

    @Test
    void followsTheInstanceThatIsAtWorkWhateverTheWallClockSays() {
        for (Duration jump : new Duration[] {HOUR, HOUR.negated()}) {
            DeadlineClock atWork = world.start();
            atWork.publish();
            world.whileWaiting = atWork::publish;

            world.wall = world.wall.plus(jump);
            DeadlineClock newcomer = world.start();

            world.pass(SECOND);
            assertThat(newcomer.now()).isEqualTo(atWork.now());
            world.whileWaiting = () -> {};
        }
    }

    /** A wall clock, monotonic time and a database. */
    private static final class World implements SharedDeadlineTime {

        private Instant wall = NOON;
        private long nanos = 17;
        private Instant reached = Instant.EPOCH;
        private Duration waited = Duration.ZERO;
        private Runnable whileWaiting = () -> {};

        DeadlineClock start() {
            var clock = new DeadlineClock(this, () -> wall, () -> nanos, this::rest, PATIENCE);
            clock.start();
            return clock;
        }

        void pass(Duration time) {
            wall = wall.plus(time);
            nanos += time.toNanos();
        }

        private void rest(Duration time) {
            waited = time;
            pass(time);
            whileWaiting.run();
        }

        @Override
        public Instant reached() {
            return reached;
        }

        @Override
        public void reach(Instant now) {
            reached = now;
        }
    }
}
