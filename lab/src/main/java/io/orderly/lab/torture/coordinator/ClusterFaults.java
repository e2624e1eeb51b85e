package io.orderly.lab.torture.coordinator;

import io.orderly.lab.coordinator.ClusterMember;
import io.orderly.lab.coordinator.CoordinatorCluster;
import io.orderly.lab.fault.proxy.LinkConditions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Injects one fault after the other; the seed determines their kinds and members. Half of them hit the leader. */
final class ClusterFaults {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final int SHORTEST_MILLIS = 200;
    private static final int LONGEST_MILLIS = 4_000;
    private static final int LONGEST_DOWN_MILLIS = 1_500;
    private static final int LONGEST_REST_MILLIS = 2_500;
    private static final Duration DELAY = Duration.ofMillis(150);
    private static final Duration JITTER = Duration.ofMillis(100);

    private final CoordinatorCluster cluster;
    private final List<FaultKind> kinds;
    private final Random random;
    private final PrintStream out;
    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    private int ofLeaders;

    ClusterFaults(CoordinatorCluster cluster, long seed, PrintStream out) {
        this.cluster = cluster;
        this.random = new Random(seed);
        this.out = out;
        this.kinds = new ArrayList<>(List.of(
                FaultKind.KILL,
                FaultKind.KILL,
                FaultKind.KILL_ALL,
                FaultKind.PAUSE,
                FaultKind.PAUSE,
                FaultKind.CUT_SENDING,
                FaultKind.CUT_SENDING,
                FaultKind.DELAY));
        if (cluster.links().canImpairReceiving()) {
            kinds.addAll(List.of(FaultKind.CUT_RECEIVING, FaultKind.CUT_RECEIVING, FaultKind.CUT));
        }
    }

    /** Injects faults for this long; returns when the last one is healed. */
    void run(Duration time) throws InterruptedException {
        long endNanos = System.nanoTime() + time.toNanos();
        // each kind once, in an order that the seed determines, and then random ones
        List<FaultKind> first = new ArrayList<>(kinds.stream().distinct().toList());
        Collections.shuffle(first, random);
        while (System.nanoTime() - endNanos < 0) {
            Thread.sleep(random.nextInt(LONGEST_REST_MILLIS));
            FaultKind kind = first.isEmpty() ? kinds.get(random.nextInt(kinds.size())) : first.removeFirst();
            ClusterMember target = target();
            out.printf("  %s %s%n", kind, kind == FaultKind.KILL_ALL ? "" : target);
            inject(kind, target);
            counts.merge(kind, 1, Integer::sum);
        }
    }

    /** The number of injected faults of each kind. */
    Map<FaultKind, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** The number of faults of a member that was chosen because it led. */
    int ofLeaders() {
        return ofLeaders;
    }

    private ClusterMember target() {
        ClusterMember any =
                cluster.members().get(random.nextInt(cluster.members().size()));
        if (random.nextBoolean()) {
            return any;
        }
        ofLeaders++;
        return cluster.leader().orElse(any);
    }

    private void inject(FaultKind kind, ClusterMember target) throws InterruptedException {
        switch (kind) {
            case KILL -> kill(List.of(target));
            case KILL_ALL -> kill(cluster.members());
            case PAUSE -> {
                target.pause();
                hold();
                target.resume();
            }
            case CUT_SENDING -> {
                cluster.links().setSending(target.number(), LinkConditions.severed());
                holdAndHeal();
            }
            case CUT_RECEIVING -> {
                cluster.links().setReceiving(target.number(), LinkConditions.severed());
                holdAndHeal();
            }
            case CUT -> {
                cluster.links().setSending(target.number(), LinkConditions.severed());
                cluster.links().setReceiving(target.number(), LinkConditions.severed());
                holdAndHeal();
            }
            case DELAY -> {
                cluster.links().setSending(target.number(), LinkConditions.delayed(DELAY, JITTER));
                holdAndHeal();
            }
        }
    }

    private void kill(List<ClusterMember> targets) throws InterruptedException {
        targets.parallelStream().forEach(ClusterMember::kill);
        Thread.sleep(random.nextInt(LONGEST_DOWN_MILLIS));
        targets.forEach(ClusterMember::start);
        for (ClusterMember target : targets) {
            target.awaitReady(START_TIMEOUT);
        }
    }

    private void holdAndHeal() throws InterruptedException {
        hold();
        cluster.links().heal();
    }

    private void hold() throws InterruptedException {
        Thread.sleep(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
    }
}
