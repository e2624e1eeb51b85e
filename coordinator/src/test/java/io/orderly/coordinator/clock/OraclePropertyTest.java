package io.orderly.coordinator.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.consensus.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * Three oracles on a model of consensus with every permitted behaviour: leaders that do not know they were replaced, outcomes that arrive
 * late, proposals that are lost or decided by the next leader, clocks that differ and jump. The model gives the same guarantees as the
 * replica: a read is confirmed only while no higher ballot was elected, and a proposal is reported as applied only to a node that led
 * without interruption.
 */
class OraclePropertyTest {

    private static final OracleSettings SETTINGS =
            new OracleSettings(Duration.ofMillis(4), Duration.ofMillis(12), 100_000, 8);

    @Property(tries = 1_500, shrinking = ShrinkingMode.OFF)
    void timestampsAreUniqueAndInRealTimeOrder(@ForAll long seed) {
        var run = new Run(seed);
        run.disturb(400);
        run.checkOrder();
        run.checkThatRequestsAreGrantedAgain();
        Statistics.label("leaders that answer").collect(run.answeredBy());
        Statistics.label("refused for drift").collect(run.ahead > 0);
    }

    private record Served(int node, int begun, int ended, TimestampRange range) {}

    private record Proposal(Oracle by, long token, long bound) {}

    private record Read(Oracle by, long token, int ballot) {}

    private static final class Run {

        private final SplittableRandom random;
        private final List<Oracle> oracles = new ArrayList<>();
        private final List<Served> served = new ArrayList<>();
        private final List<Proposal> undecided = new ArrayList<>();
        private final List<Read> unconfirmed = new ArrayList<>();
        private final Map<Long, Integer> begun = new HashMap<>();
        private int now;
        private int ballot;
        private long clockMillis = 1_000;
        private long bound;
        private int ahead;

        Run(long seed) {
            random = new SplittableRandom(seed);
            for (int node = 0; node < 3; node++) {
                oracles.add(new Oracle(this, node));
            }
        }

        void disturb(int events) {
            boolean wildClocks = random.nextInt(4) == 0;
            for (now = 1; now <= events; now++) {
                clockMillis += random.nextInt(3) == 0 ? 1 : 0;
                Oracle oracle = oracles.get(random.nextInt(3));
                switch (random.nextInt(40)) {
                    case 0 -> elect(oracle);
                    case 1 -> oracle.stepDownIfReplaced();
                    case 2 -> oracle.skewMillis = random.nextInt(-5, 5) * (wildClocks ? 10 : 1);
                    case 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 -> confirm();
                    case 13, 14, 15, 16, 17, 18 -> decide();
                    case 19, 20, 21, 22, 23, 24, 25, 26, 27, 28 -> oracle.takeNextInput();
                    default -> oracle.request();
                }
            }
        }

        /** The new leader first decides the proposals that it adopts: any selection of those from lower ballots. */
        private void elect(Oracle oracle) {
            oracle.stepDown();
            ballot++;
            undecided.removeIf(_ -> random.nextInt(3) == 0);
            undecided.forEach(proposal -> raise(proposal.bound));
            undecided.clear();
            oracle.ballot = ballot;
        }

        private void confirm() {
            if (!unconfirmed.isEmpty()) {
                Read read = unconfirmed.remove(random.nextInt(unconfirmed.size()));
                if (read.ballot == ballot) {
                    read.by.inputs.addLast(new OracleInput.Confirmed(read.token, bound));
                } else {
                    read.by.inputs.addLast(notLeader(read.token));
                }
            }
        }

        private void decide() {
            if (!undecided.isEmpty()) {
                Proposal proposal = undecided.removeFirst();
                long previous = bound;
                raise(proposal.bound);
                proposal.by.raises.remove(proposal.token);
                proposal.by.inputs.addLast(new OracleInput.Raised(proposal.token, previous, bound));
            }
        }

        private void raise(long to) {
            bound = Math.max(bound, to);
        }

        private void carryOut(Oracle oracle, List<OracleEffect> effects) {
            for (OracleEffect effect : effects) {
                switch (effect) {
                    case OracleEffect.ConfirmLeadership(long token) -> {
                        if (oracle.ballot == 0) {
                            oracle.inputs.addLast(notLeader(token));
                        } else {
                            unconfirmed.add(new Read(oracle, token, oracle.ballot));
                        }
                    }
                    case OracleEffect.RaiseBound(long token, long to) -> {
                        // also before the first election, when the ballot of a node that does not lead equals the
                        // highest one
                        if (oracle.ballot == 0) {
                            oracle.inputs.addLast(notLeader(token));
                        } else {
                            oracle.raises.add(token);
                            if (oracle.ballot == ballot) {
                                undecided.add(new Proposal(oracle, token, to));
                            }
                        }
                        assertThat(to).isLessThanOrEqualTo(oracle.limit());
                    }
                    case OracleEffect.Granted(long request, TimestampRange range) -> {
                        assertThat(range.last().toLong()).isLessThanOrEqualTo(oracle.limit());
                        served.add(new Served(oracle.node, begun.remove(request), now, range));
                    }
                    case OracleEffect.AheadOfClock(long request, Duration by) -> {
                        assertThat(by).isGreaterThan(SETTINGS.maxDrift());
                        begun.remove(request);
                        ahead++;
                    }
                    case OracleEffect.Refused(long request, Refusal _) -> begun.remove(request);
                }
            }
        }

        void checkOrder() {
            for (Served one : served) {
                for (Served other : served) {
                    if (one != other) {
                        assertThat(overlap(one.range, other.range))
                                .as("%s and %s", one, other)
                                .isFalse();
                    }
                    if (one.ended < other.begun) {
                        assertThat(one.range.last())
                                .as("%s before %s", one, other)
                                .isLessThan(other.range.first());
                    }
                }
            }
        }

        /** Under a stable leader whose clock has caught up with the bound, every request is granted. */
        void checkThatRequestsAreGrantedAgain() {
            oracles.forEach(Oracle::stepDown);
            oracles.forEach(Oracle::takeAllInputs);
            assertThat(begun).isEmpty();
            Oracle leader = oracles.getFirst();
            elect(leader);
            clockMillis += 1_000;
            leader.skewMillis = 0;
            int before = served.size();
            for (int i = 0; i < 20; i++) {
                now++;
                clockMillis += 2;
                leader.request();
                while (!undecided.isEmpty() || !unconfirmed.isEmpty() || !leader.inputs.isEmpty()) {
                    confirm();
                    decide();
                    leader.takeAllInputs();
                }
            }
            assertThat(served).hasSize(before + 20);
            checkOrder();
        }

        long answeredBy() {
            return served.stream().map(Served::node).distinct().count();
        }

        private static boolean overlap(TimestampRange one, TimestampRange other) {
            return one.first().compareTo(other.last()) <= 0 && other.first().compareTo(one.last()) <= 0;
        }

        private static OracleInput notLeader(long token) {
            return new OracleInput.Failed(token, new Refusal.NotLeader(null));
        }
    }

    /** A node: it believes that it leads while its ballot is not 0. */
    private static final class Oracle {

        private final Run run;
        private final int node;
        private final TimestampOracle oracle = new TimestampOracle(SETTINGS);
        private final Deque<OracleInput> inputs = new ArrayDeque<>();
        private final List<Long> raises = new ArrayList<>();
        private int ballot;
        private long skewMillis;

        Oracle(Run run, int node) {
            this.run = run;
            this.node = node;
        }

        void request() {
            long request = 1_000L * run.now + node;
            run.begun.put(request, run.now);
            int count = run.random.nextInt(3) == 0 ? run.random.nextInt(1, 100_000) : run.random.nextInt(1, 3);
            step(List.of(new OracleInput.Requested(request, count)));
        }

        void takeNextInput() {
            if (!inputs.isEmpty()) {
                step(List.of(inputs.removeFirst()));
            }
        }

        void takeAllInputs() {
            while (!inputs.isEmpty()) {
                takeNextInput();
            }
        }

        void stepDownIfReplaced() {
            if (ballot < run.ballot) {
                stepDown();
            }
        }

        /** The replica reports the outcome of each pending request. */
        void stepDown() {
            ballot = 0;
            raises.forEach(token -> inputs.addLast(Run.notLeader(token)));
            raises.clear();
            run.unconfirmed.removeIf(read -> {
                if (read.by == this) {
                    inputs.addLast(Run.notLeader(read.token));
                }
                return read.by == this;
            });
        }

        long limit() {
            return new HybridTimestamp(clock() + SETTINGS.maxDrift().toMillis(), HybridTimestamp.MAX_COUNTER).toLong();
        }

        private void step(List<OracleInput> inputs) {
            run.carryOut(this, oracle.step(clock(), inputs));
        }

        private long clock() {
            return run.clockMillis + skewMillis;
        }
    }
}
