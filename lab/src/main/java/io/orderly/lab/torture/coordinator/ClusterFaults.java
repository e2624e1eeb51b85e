package io.orderly.lab.torture.coordinator;

import io.orderly.coordinator.fault.FaultFile;
import io.orderly.lab.coordinator.ClusterMember;
import io.orderly.lab.coordinator.CoordinatorCluster;
import io.orderly.lab.fault.MemberDisk;
import io.orderly.lab.fault.proxy.LinkConditions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Injects the faults of a schedule, one after the other. */
final class ClusterFaults {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration DELAY = Duration.ofMillis(150);
    private static final Duration JITTER = Duration.ofMillis(100);

    private final CoordinatorCluster cluster;
    private final FaultSchedule schedule;
    private final PrintStream out;
    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    private int ofLeaders;

    ClusterFaults(CoordinatorCluster cluster, long seed, PrintStream out) {
        this.cluster = cluster;
        this.out = out;
        this.schedule = new FaultSchedule(
                seed,
                cluster.members().size(),
                cluster.links().canImpairReceiving(),
                cluster.members().getFirst().faults().isPresent());
    }

    /** Injects faults for this long; returns when the last one is healed. */
    void run(Duration time) throws InterruptedException {
        long endNanos = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - endNanos < 0) {
            PlannedFault fault = schedule.next();
            Thread.sleep(fault.rest());
            inject(fault, target(fault));
            counts.merge(fault.kind(), 1, Integer::sum);
        }
        heal();
    }

    /** The number of injected faults of each kind. */
    Map<FaultKind, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** The number of faults of a member that was chosen because it led. */
    int ofLeaders() {
        return ofLeaders;
    }

    private ClusterMember target(PlannedFault fault) {
        ClusterMember planned = cluster.members().get(fault.member() - 1);
        if (!fault.aimsAtLeader()) {
            return planned;
        }
        ofLeaders++;
        return cluster.leader().orElse(planned);
    }

    private void inject(PlannedFault fault, ClusterMember target) throws InterruptedException {
        out.printf("  %s%n", describe(fault, target));
        switch (fault.kind()) {
            case KILL -> kill(List.of(target), fault.hold());
            case KILL_ALL -> kill(cluster.members(), fault.hold());
            case PAUSE -> {
                target.pause();
                Thread.sleep(fault.hold());
                target.resume();
            }
            case CUT_SENDING -> impair(fault, () -> setSending(target, LinkConditions.severed()));
            case CUT_RECEIVING -> impair(fault, () -> setReceiving(target, LinkConditions.severed()));
            case CUT ->
                impair(fault, () -> {
                    setSending(target, LinkConditions.severed());
                    setReceiving(target, LinkConditions.severed());
                });
            case DELAY -> impair(fault, () -> setSending(target, LinkConditions.delayed(DELAY, JITTER)));
            case CLOCK_JUMP -> {
                set(target, FaultFile::setClockOffset, fault.clockOffset());
                Thread.sleep(fault.hold());
            }
            case SLOW_DISK -> {
                set(target, FaultFile::setForceDelay, fault.forceDelay());
                Thread.sleep(fault.hold());
                set(target, FaultFile::setForceDelay, Duration.ZERO);
            }
            case FULL_DISK -> fillDisks(List.of(target), fault.hold());
            case ALL_DISKS_FULL -> fillDisks(cluster.members(), fault.hold());
        }
    }

    private static String describe(PlannedFault fault, ClusterMember target) {
        return switch (fault.kind()) {
            case KILL_ALL, ALL_DISKS_FULL -> fault.kind().toString();
            case CLOCK_JUMP ->
                "%s %s to %+d ms"
                        .formatted(fault.kind(), target, fault.clockOffset().toMillis());
            case SLOW_DISK ->
                "%s %s by %d ms"
                        .formatted(fault.kind(), target, fault.forceDelay().toMillis());
            default -> "%s %s".formatted(fault.kind(), target);
        };
    }

    private void kill(List<ClusterMember> targets, Duration downtime) throws InterruptedException {
        targets.parallelStream().forEach(ClusterMember::kill);
        Thread.sleep(downtime);
        targets.forEach(ClusterMember::start);
        for (ClusterMember target : targets) {
            target.awaitReady(START_TIMEOUT);
        }
    }

    private void fillDisks(List<ClusterMember> targets, Duration hold) throws InterruptedException {
        Map<ClusterMember, MemberDisk> disks = new LinkedHashMap<>();
        targets.forEach(target -> target.faults().ifPresent(faults -> disks.put(target, MemberDisk.fill(faults))));
        Thread.sleep(hold);
        disks.forEach((member, disk) -> {
            disk.heal();
            out.printf("    %s: %s%n", member, disk.effect().seen());
        });
    }

    private void impair(PlannedFault fault, Runnable impairment) throws InterruptedException {
        impairment.run();
        Thread.sleep(fault.hold());
        cluster.links().heal();
    }

    private void setSending(ClusterMember member, LinkConditions conditions) {
        cluster.links().setSending(member.number(), conditions);
    }

    private void setReceiving(ClusterMember member, LinkConditions conditions) {
        cluster.links().setReceiving(member.number(), conditions);
    }

    private static void set(ClusterMember member, BiConsumer<FaultFile, Duration> setting, Duration value) {
        member.faults().ifPresent(faults -> setting.accept(faults, value));
    }

    /** Ends all faults, also those that outlast their turn. */
    private void heal() {
        cluster.links().heal();
        for (ClusterMember member : cluster.members()) {
            set(member, FaultFile::setClockOffset, Duration.ZERO);
            set(member, FaultFile::setForceDelay, Duration.ZERO);
        }
    }
}
