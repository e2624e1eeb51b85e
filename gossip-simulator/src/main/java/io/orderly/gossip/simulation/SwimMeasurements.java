package io.orderly.gossip.simulation;

import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.protocol.Counters.Event;
import io.orderly.gossip.protocol.Effect;
import io.orderly.gossip.protocol.GossipSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Measures what the SWIM paper analyses, by the paper's assumptions: members do not pause, and only news travels, not version vectors. */
public final class SwimMeasurements {

    private static final int JOIN_PERIODS_MAX = 100;

    /** The members for each that crashes in a run: with more crashes, probes of dead members would delay the others. */
    private static final int NODES_PER_CRASH = 20;

    private static final int PERIODS_PER_CRASH = 8;
    private static final int UPDATES_PER_RUN = 5;
    private static final int PERIODS_PER_UPDATE = 25;
    private static final int PROBE_PERIODS = 40;

    /** How precisely the start of a period is found. */
    private static final double STEP_PERIODS = 0.002;

    private final int nodes;
    private final long firstSeed;
    private final int runs;

    /**
     * @param nodes of each cluster
     * @param firstSeed of the first run; each run has the next one
     * @param runs for each quantity
     */
    public SwimMeasurements(int nodes, long firstSeed, int runs) {
        this.nodes = nodes;
        this.firstSeed = firstSeed;
        this.runs = runs;
    }

    /**
     * From a crash to the first suspicion (section 3.1). The paper counts the whole periods until some member probes the crashed one, e/(e-1)
     * on average. Here the members' periods do not begin together: the first probe after the crash begins after one period on average, and
     * fails a period later.
     */
    public List<Measurement> detection() {
        List<Double> periods = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            SimulatedCluster cluster = joined(GossipSettings.DEFAULT.indirectProbes(), run);
            for (int i = 0; i < Math.max(1, nodes / NODES_PER_CRASH); i++) {
                cluster.runPeriods(cluster.random().nextDouble());
                SimulatedMember crashed = cluster.randomRunning();
                double crashedAt = cluster.nowPeriods();
                List<Double> suspected = new ArrayList<>();
                cluster.observe((observer, changed) -> {
                    if (isAbout(changed, crashed) && changed.after().liveness() == Liveness.SUSPECT) {
                        suspected.add(cluster.nowPeriods() - crashedAt);
                    }
                });
                cluster.crash(crashed);
                cluster.runPeriods(PERIODS_PER_CRASH);
                // a crash that took longer is rare, and counts as that long
                periods.add(suspected.isEmpty() ? PERIODS_PER_CRASH : suspected.getFirst());
            }
        }
        double whole = periods.stream().mapToDouble(Math::floor).average().orElseThrow();
        double mean = periods.stream().mapToDouble(value -> value).average().orElseThrow();
        return List.of(
                new Measurement(
                        "whole periods until a crashed member is probed", whole, Math.E / (Math.E - 1), periods.size()),
                new Measurement("periods from a crash to the first suspicion", mean, 2, periods.size()));
    }

    /** How many members know an update after some periods (section 3.2), without losses. */
    public List<Measurement> spread() {
        int[] infected = new int[PERIODS_PER_UPDATE];
        for (int run = 0; run < runs; run++) {
            SimulatedCluster cluster = joined(GossipSettings.DEFAULT.indirectProbes(), run);
            for (int update = 1; update <= UPDATES_PER_RUN; update++) {
                spread(cluster, cluster.randomRunning(), update, infected);
            }
        }
        long samples = (long) runs * UPDATES_PER_RUN;
        List<Measurement> measurements = new ArrayList<>();
        double expected = 1;
        for (int t = 1; t < PERIODS_PER_UPDATE && expected < nodes - 0.5; t++) {
            expected = nodes / (1 + (nodes - 1) * Math.exp(-(2 - 1.0 / nodes) * t));
            measurements.add(new Measurement(
                    "members that know an update after %d periods".formatted(t),
                    (double) infected[t] / samples,
                    expected,
                    samples));
        }
        return measurements;
    }

    private static void spread(SimulatedCluster cluster, SimulatedMember origin, int load, int[] infected) {
        Set<String> know = new HashSet<>();
        cluster.observe((observer, changed) -> {
            if (isAbout(changed, origin) && changed.after().record().load() == load) {
                know.add(observer.id());
            }
        });
        origin.machine().announceLoad(load);
        // the update exists from the start of the origin's next period on
        while (ownLoad(cluster, origin) != load) {
            cluster.runPeriods(STEP_PERIODS);
        }
        know.add(origin.id());
        for (int t = 0; t < PERIODS_PER_UPDATE; t++) {
            infected[t] += know.size();
            cluster.runPeriods(1);
        }
    }

    private static int ownLoad(SimulatedCluster cluster, SimulatedMember member) {
        return cluster.view(member).members().stream()
                .filter(known -> known.record().id().equals(member.id()))
                .findAny()
                .orElseThrow()
                .record()
                .load();
    }

    /**
     * The share of probes of live members that fail under losses (section 3.1): neither the direct probe, of two messages, nor any of the
     * indirect ones, of four messages each, is answered.
     *
     * @param losses each a share of messages
     */
    public List<Measurement> falseSuspicions(int indirectProbes, double... losses) {
        long[] probes = new long[losses.length];
        long[] failed = new long[losses.length];
        for (int run = 0; run < runs; run++) {
            SimulatedCluster cluster = joined(indirectProbes, run);
            for (int i = 0; i < losses.length; i++) {
                long probesBefore = sum(cluster, Event.PROBES);
                long failedBefore = sum(cluster, Event.FAILED_PROBES);
                cluster.network().lose(losses[i]);
                cluster.runPeriods(PROBE_PERIODS);
                probes[i] += sum(cluster, Event.PROBES) - probesBefore;
                failed[i] += sum(cluster, Event.FAILED_PROBES) - failedBefore;
                cluster.network().lose(0);
                cluster.runPeriods(PERIODS_PER_UPDATE);
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            double arrives = 1 - losses[i];
            double expected = (1 - Math.pow(arrives, 2)) * Math.pow(1 - Math.pow(arrives, 4), indirectProbes);
            measurements.add(new Measurement(
                    "share of false suspicions, %d indirect probes, loss %.2f".formatted(indirectProbes, losses[i]),
                    (double) failed[i] / probes[i],
                    expected,
                    probes[i]));
        }
        return measurements;
    }

    private SimulatedCluster joined(int indirectProbes, int run) {
        GossipSettings usual = GossipSettings.DEFAULT;
        var settings = new GossipSettings(
                usual.period(),
                indirectProbes,
                usual.suspicionMultiplier(),
                usual.retransmitMultiplier(),
                usual.antiEntropyPeriods(),
                usual.forgetPeriods(),
                2 * nodes,
                usual.messagesPerPeriodMax(),
                usual.incarnationLeadMax());
        var cluster = new SimulatedCluster(settings, firstSeed + run);
        for (int i = 0; i < nodes; i++) {
            cluster.start("member-" + i);
        }
        if (cluster.converge(JOIN_PERIODS_MAX) < 0) {
            throw new IllegalStateException("The members of seed %d do not find each other".formatted(firstSeed + run));
        }
        cluster.network().suppressDigests();
        // until the news of the start is over
        cluster.runPeriods(PERIODS_PER_UPDATE);
        return cluster;
    }

    private static boolean isAbout(Effect.Changed changed, SimulatedMember member) {
        return changed.after() != null && changed.after().id().equals(member.id());
    }

    private static long sum(SimulatedCluster cluster, Event event) {
        return cluster.running().stream()
                .mapToLong(member -> member.machine().counters().get(event))
                .sum();
    }
}
