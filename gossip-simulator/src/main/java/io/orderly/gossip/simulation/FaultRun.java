package io.orderly.gossip.simulation;

import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.message.WireSize;
import io.orderly.gossip.protocol.Counters.Event;
import io.orderly.gossip.protocol.GossipSettings;
import io.orderly.gossip.protocol.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A run in which everything fails that can, and after which all live members must know exactly all live members. */
public final class FaultRun {

    /** The limit of members, as a multiple of those that exist: a flooder can fill the rest with members that do not exist. */
    private static final int MEMBERS_MAX_FACTOR = 2;

    private static final int JOIN_PERIODS_MAX = 100;
    private static final int FAULT_PERIODS = 60;
    private static final int PARTITION_PERIODS = 25;
    private static final int FLOOD_PERIODS = 5;
    private static final int RECOVERY_PERIODS_MAX = 400;
    private static final int QUIET_PERIODS = 30;

    /**
     * What happened.
     *
     * @param joinPeriods until all members knew all, with losses
     * @param recoveryPeriods from the end of the faults until all live members knew exactly the live ones
     * @param falseDeaths how often a running process was reported dead to some member during the faults
     * @param bytesMax of a message
     * @param violations empty if the run passed
     */
    public record Report(
            long seed,
            double joinPeriods,
            double recoveryPeriods,
            long falseDeaths,
            long refutations,
            long refusedIncarnations,
            long refusedByRate,
            long refusedMembers,
            int bytesMax,
            List<String> violations) {}

    private final SimulatedCluster cluster;
    private final Random random;
    private final int nodes;
    private final double loss;
    private final long seed;
    private final List<String> violations = new ArrayList<>();
    private long falseDeaths;

    private FaultRun(int nodes, double loss, long seed) {
        this.nodes = nodes;
        this.loss = loss;
        this.seed = seed;
        GossipSettings usual = GossipSettings.DEFAULT;
        this.cluster = new SimulatedCluster(
                new GossipSettings(
                        usual.period(),
                        usual.indirectProbes(),
                        usual.suspicionMultiplier(),
                        usual.retransmitMultiplier(),
                        usual.antiEntropyPeriods(),
                        usual.forgetPeriods(),
                        MEMBERS_MAX_FACTOR * nodes,
                        usual.messagesPerPeriodMax(),
                        usual.incarnationLeadMax()),
                seed);
        this.random = cluster.random();
    }

    /**
     * Executes a run.
     *
     * @param nodes at the start, from 10
     * @param loss share of messages that are lost during the faults
     * @param seed of all choices
     */
    public static Report execute(int nodes, double loss, long seed) {
        return new FaultRun(nodes, loss, seed).execute();
    }

    private Report execute() {
        cluster.network().lose(loss);
        for (int i = 0; i < nodes; i++) {
            cluster.start("member-" + i);
        }
        double joined = cluster.converge(JOIN_PERIODS_MAX);
        if (joined < 0) {
            violations.add("Some members do not know all others %d periods after their start: %s"
                    .formatted(JOIN_PERIODS_MAX, describeWrong()));
        }
        observeDeaths();
        injectFaults();
        cluster.runPeriods(FAULT_PERIODS);
        cluster.network().heal();
        cluster.network().lose(0);
        cluster.network().delayUpTo(2_000);
        long during = falseDeaths;
        double recovered = cluster.converge(RECOVERY_PERIODS_MAX);
        if (recovered < 0) {
            violations.add("%d periods after the faults, views are wrong: %s"
                    .formatted(RECOVERY_PERIODS_MAX, describeWrong()));
        }
        checkQuiet();
        checkMessages();
        return new Report(
                seed,
                joined,
                recovered,
                during,
                sum(Event.REFUTATIONS),
                sum(Refusal.INCARNATION),
                sum(Refusal.RATE),
                sum(Refusal.MEMBERS),
                cluster.network().bytesMax(),
                List.copyOf(violations));
    }

    private void injectFaults() {
        long periodMillis = cluster.settings().period().toMillis();
        cluster.network().delayUpTo(periodMillis * 1_000 / 2);
        for (int i = 0; i < nodes / 20 + 1; i++) {
            at(random.nextInt(FAULT_PERIODS), () -> {
                SimulatedMember crashed = cluster.randomRunning();
                cluster.crash(crashed);
                if (random.nextBoolean()) {
                    at(random.nextInt(1, FAULT_PERIODS / 2), () -> cluster.start(crashed.id()));
                }
            });
            at(random.nextInt(FAULT_PERIODS / 2), () -> {
                long pauseMillis = random.nextLong(periodMillis, FAULT_PERIODS / 2 * periodMillis);
                cluster.pause(cluster.randomRunning(), pauseMillis);
            });
            at(random.nextInt(FAULT_PERIODS), () -> cluster.start("newcomer-" + random.nextInt(1_000_000)));
        }
        at(random.nextInt(FAULT_PERIODS), () -> cluster.leave(cluster.randomRunning()));
        at(random.nextInt(FAULT_PERIODS), () -> new Adversary(cluster, "flooder").flood(FLOOD_PERIODS));
        at(random.nextInt(FAULT_PERIODS / 2), () -> new Adversary(cluster, "liar").lie(FAULT_PERIODS / 2));
        int partitioned = random.nextInt(FAULT_PERIODS - PARTITION_PERIODS);
        at(partitioned, () -> {
            for (SimulatedMember member : cluster.running()) {
                cluster.network().moveTo(random.nextInt(2), member.address());
            }
        });
        at(partitioned + PARTITION_PERIODS, () -> cluster.network().heal());
    }

    private void at(int period, Runnable action) {
        cluster.after(period, action);
    }

    private void observeDeaths() {
        cluster.observe((observer, changed) -> {
            if (changed.after() != null && changed.after().liveness() == Liveness.DEAD) {
                boolean running = cluster.running().stream()
                        .anyMatch(member -> member.description()
                                .isSameProcess(changed.after().record().description()));
                falseDeaths += running ? 1 : 0;
            }
        });
    }

    private void checkQuiet() {
        long before = falseDeaths;
        cluster.runPeriods(QUIET_PERIODS);
        if (falseDeaths > before) {
            violations.add(
                    "Without faults, running members were reported dead %d times".formatted(falseDeaths - before));
        }
        if (violations.isEmpty() && !cluster.wrong().isEmpty()) {
            violations.add("Without faults, views became wrong: " + describeWrong());
        }
    }

    private void checkMessages() {
        if (cluster.network().bytesMax() > WireSize.MESSAGE_MAX) {
            violations.add("A message had %d bytes".formatted(cluster.network().bytesMax()));
        }
    }

    private String describeWrong() {
        List<SimulatedMember> wrong = cluster.wrong();
        SimulatedMember first = wrong.getFirst();
        var missing = cluster.runningIds();
        missing.removeAll(cluster.liveIds(first));
        var surplus = cluster.liveIds(first);
        surplus.removeAll(cluster.runningIds());
        return "%d members, first %s, which lacks %s and has %s besides"
                .formatted(wrong.size(), first.id(), missing, surplus);
    }

    private long sum(Event event) {
        return cluster.all().stream()
                .mapToLong(member -> member.machine().counters().get(event))
                .sum();
    }

    private long sum(Refusal reason) {
        return cluster.all().stream()
                .mapToLong(member -> member.machine().counters().get(reason))
                .sum();
    }
}
