package io.orderly.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.clock.ReceiveResult.Merged;
import io.orderly.clock.ReceiveResult.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HybridClockTest {

    private static final long START_MILLIS =
            Instant.parse("2026-11-23T04:30:00Z").toEpochMilli();
    private static final Duration MAX_DRIFT = Duration.ofMillis(500);

    /** A wall clock that shows what the test sets. */
    private static final class WallClock implements InstantSource {
        long millis = START_MILLIS;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }

    private final WallClock wallClock = new WallClock();
    private final HybridClock clock = new HybridClock(wallClock, MAX_DRIFT, HybridTimestamp.MIN);

    @Test
    void returnsThePhysicalTimeWhileItAdvances() {
        assertThat(clock.now()).isEqualTo(at(0, 0));
        wallClock.millis += 1;
        assertThat(clock.now()).isEqualTo(at(1, 0));
    }

    @Test
    void incrementsTheCounterWhileTheWallClockStandsStillOrGoesBack() {
        clock.now();
        assertThat(clock.now()).isEqualTo(at(0, 1));
        wallClock.millis -= 3_600_000;
        assertThat(clock.now()).isEqualTo(at(0, 2));
        wallClock.millis = Long.MIN_VALUE / 2;
        assertThat(clock.now()).isEqualTo(at(0, 3));
    }

    @Test
    void advancesToTheNextMillisecondWhenTheCounterIsFull() {
        var full = new HybridClock(wallClock, MAX_DRIFT, at(0, HybridTimestamp.MAX_COUNTER));
        assertThat(full.now()).isEqualTo(at(1, 0));

        assertThat(clock.receive(at(0, HybridTimestamp.MAX_COUNTER))).isEqualTo(new Merged(at(1, 0)));
    }

    @Test
    void advancesPastARemoteTimestampWithinTheMaximumDrift() {
        assertThat(clock.receive(at(500, 7))).isEqualTo(new Merged(at(500, 8)));
        assertThat(clock.now()).isEqualTo(at(500, 9));
        assertThat(clock.refusals()).isZero();
    }

    @Test
    void ignoresTheCounterOfARemoteClockThatIsBehind() {
        assertThat(clock.receive(at(-1_000_000, 7))).isEqualTo(new Merged(at(0, 0)));
    }

    @Test
    void refusesATimestampThatIsTooFarAheadAndDoesNotChange() {
        var before = clock.now();
        var remote = at(501, 0);

        assertThat(clock.receive(remote)).isEqualTo(new Refused(remote, Duration.ofMillis(501)));
        assertThat(clock.receive(HybridTimestamp.MAX)).isInstanceOf(Refused.class);

        assertThat(clock.latest()).isEqualTo(before);
        assertThat(clock.refusals()).isEqualTo(2);
        assertThat(clock.now()).isEqualTo(at(0, 1));
    }

    @Test
    void measuresDriftAgainstTheWallClockAndNotAgainstItsOwnTime() {
        // Otherwise many small steps could advance the clock without limit.
        clock.receive(at(400, 0));

        assertThat(clock.receive(at(800, 0))).isInstanceOf(Refused.class);
    }

    @Test
    void resumesAfterItsHighestPublishedTimestamp() {
        var resumed = new HybridClock(wallClock, MAX_DRIFT, at(60_000, 3));

        assertThat(resumed.now()).isEqualTo(at(60_000, 4));
    }

    @Test
    void throwsInsteadOfAdvancingBeyondTheHighestTimestamp() {
        var last = new HybridClock(wallClock, MAX_DRIFT, HybridTimestamp.MAX);
        assertThatThrownBy(last::now).isInstanceOf(IllegalStateException.class);

        clock.now();
        wallClock.millis = HybridTimestamp.MAX_PHYSICAL_MILLIS + 1;
        assertThatThrownBy(clock::now).isInstanceOf(IllegalStateException.class);
        wallClock.millis = START_MILLIS;
        assertThat(clock.now()).isEqualTo(at(0, 1));
    }

    @Test
    void rejectsANegativeMaximumDrift() {
        assertThatThrownBy(() -> new HybridClock(wallClock, Duration.ofMillis(-1), HybridTimestamp.MIN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void strictlyIncreasesWhateverTheWallClockShows(
            @ForAll("arbitraryMillis") @Size(min = 1, max = 200) List<Long> millis) {
        var previous = HybridTimestamp.MIN;
        for (var shown : millis) {
            wallClock.millis = shown;
            var next = clock.now();
            assertThat(next).isGreaterThan(previous);
            previous = next;
        }
    }

    /**
     * One step of a simulation: after the wall clocks advanced, a node sends a message to another or receives its oldest
     * message.
     */
    private record Step(int node, int peer, boolean sends, int elapsedMillis) {}

    private record Sent(HybridTimestamp timestamp, long[] vector) {}

    private record Event(HybridTimestamp timestamp, long[] vector) {
        boolean happenedBefore(Event later) {
            for (int node = 0; node < vector.length; node++) {
                if (vector[node] > later.vector[node]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final int NODES = 4;

    /** Vector clocks tell exactly which event can have caused which; the hybrid clock must be consistent with them. */
    @Property(tries = 300)
    void givesACauseALowerTimestampThanItsEffect(
            @ForAll("steps") @Size(max = 120) List<Step> steps, @ForAll("offsets") @Size(NODES) List<Integer> offsets) {
        var wallClocks = new ArrayList<WallClock>();
        var clocks = new ArrayList<HybridClock>();
        var vectors = new long[NODES][NODES];
        var inboxes = new ArrayList<ArrayDeque<Sent>>();
        for (var offset : offsets) {
            var own = new WallClock();
            own.millis += offset;
            wallClocks.add(own);
            clocks.add(new HybridClock(own, MAX_DRIFT, HybridTimestamp.MIN));
            inboxes.add(new ArrayDeque<>());
        }
        var events = new ArrayList<Event>();

        for (var step : steps) {
            wallClocks.forEach(each -> each.millis += step.elapsedMillis);
            var vector = vectors[step.node];
            if (step.sends) {
                var timestamp = clocks.get(step.node).now();
                vector[step.node]++;
                events.add(new Event(timestamp, vector.clone()));
                inboxes.get(step.peer).add(new Sent(timestamp, vector.clone()));
            } else if (inboxes.get(step.node).poll() instanceof Sent message) {
                var result = clocks.get(step.node).receive(message.timestamp);
                assertThat(result).isInstanceOf(Merged.class);
                for (int node = 0; node < NODES; node++) {
                    vector[node] = Math.max(vector[node], message.vector[node]);
                }
                vector[step.node]++;
                events.add(new Event(((Merged) result).timestamp(), vector.clone()));
            }
        }

        for (int later = 0; later < events.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (events.get(earlier).happenedBefore(events.get(later))) {
                    assertThat(events.get(earlier).timestamp).isLessThan(events.get(later).timestamp);
                }
            }
        }
    }

    @Test
    void neverIssuesATimestampTwiceToConcurrentThreads() {
        var values = ConcurrentCalls.run(8, 20_000, i -> switch (i % 3) {
            case 0 -> ((Merged) clock.receive(at(i % 500, i % 7))).timestamp().toLong();
            default -> clock.now().toLong();
        });

        assertThat(values).allSatisfy(own -> assertThat(own).isSorted());
        assertThat(ConcurrentCalls.distinct(values)).isEqualTo(8 * 20_000);
    }

    private static HybridTimestamp at(long millisAfterStart, int counter) {
        return new HybridTimestamp(START_MILLIS + millisAfterStart, counter);
    }

    @Provide
    Arbitrary<List<Long>> arbitraryMillis() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(START_MILLIS - 2, START_MILLIS + 2),
                        Arbitraries.longs().between(-1_000_000, HybridTimestamp.MAX_PHYSICAL_MILLIS - 1))
                .list();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var node = Arbitraries.integers().between(0, NODES - 1);
        return Combinators.combine(
                        node,
                        node,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 2))
                .as(Step::new)
                .list();
    }

    /** Wall clocks that differ, within the maximum drift. */
    @Provide
    Arbitrary<List<Integer>> offsets() {
        return Arbitraries.integers().between(-250, 250).list();
    }
}
