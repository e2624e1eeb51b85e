package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.simulation.network.LinkCondition;
import io.orderly.coordinator.simulation.network.SimulatedNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Injects faults: a run draws its kinds of faults, and then one fault after the other.
 *
 * <p>Only faults that a cluster tolerates are injected: disks are damaged or lost on a minority of nodes at a time, and the next
 * one only when the last has been repaired or replaced; or two nodes lose one value each, of different slots. All other faults may
 * occur at the same time, on any number of nodes.
 */
final class Faults {

    private static final long INTERVAL_MICROS_MAX = 1_200_000;
    private static final int FEWEST = 20;
    private static final int MOST = 40;

    private final SimulatedCluster cluster;
    private final RandomGenerator random;
    private final List<FaultKind> kinds;
    private final int wanted;
    private final List<Consumer<SimulatedNetwork<Message>>> onNetwork = new ArrayList<>();
    private boolean over;

    /** @param forced the kinds to inject; if empty, some are drawn */
    Faults(SimulatedCluster cluster, RandomGenerator random, Set<FaultKind> forced) {
        this.cluster = cluster;
        this.random = random;
        wanted = random.nextInt(FEWEST, MOST);
        kinds = forced.isEmpty() ? draw() : List.copyOf(forced);
        cluster.time().after(random.nextLong(INTERVAL_MICROS_MAX), this::next);
    }

    private List<FaultKind> draw() {
        Set<FaultKind> drawn = EnumSet.noneOf(FaultKind.class);
        while (drawn.size() < 3) {
            for (FaultKind kind : FaultKind.values()) {
                if (kind != FaultKind.COMPACTION && random.nextInt(3) == 0) {
                    drawn.add(kind);
                }
            }
            // some of the other faults need one of these
            drawn.add(random.nextBoolean() ? FaultKind.CRASH : FaultKind.PARTITION);
        }
        return List.copyOf(drawn);
    }

    boolean areOver() {
        return over;
    }

    private void next() {
        if (FaultKind.injected(cluster.faults()) >= wanted) {
            over = true;
            return;
        }
        FaultKind kind = kinds.get(random.nextInt(kinds.size()));
        inject(kind);
        cluster.time().after(random.nextLong(INTERVAL_MICROS_MAX), this::next);
    }

    /** Ends all faults; nodes that cannot be repaired are replaced. */
    void end() {
        onNetwork.clear();
        cluster.network().heal();
        for (Host host : cluster.hosts()) {
            host.disk().limit(Long.MAX_VALUE);
            host.disk().slow(1);
            host.disk().release();
            host.clockRate(1);
            host.applySlowly(false);
            host.resume();
            host.start();
        }
    }

    /** Injects a fault, if that is possible now. */
    private void inject(FaultKind kind) {
        switch (kind) {
            case CRASH -> crash();
            case TORN_WRITE -> onUp(kind, host -> host.disk().losePowerAfter(random.nextInt(6)), false);
            case BIT_FLIP -> onSoundDisk(kind, this::flip);
            case BIT_ROT -> onSoundDisk(kind, this::flipWhileRunning);
            case SLOW_DISK ->
                forAWhile(
                        kind,
                        host -> host.disk().slow(random.nextInt(20, 500)),
                        host -> host.disk().slow(1));
            case HUNG_DISK ->
                forAWhile(kind, host -> host.disk().hang(), host -> host.disk().release());
            case FULL_DISK -> forAWhile(kind, this::fill, host -> host.disk().limit(Long.MAX_VALUE));
            case FAILED_SYNC -> onUp(kind, host -> host.disk().failNextForce(), true);
            case LOST_DISK ->
                onSoundDisk(kind, host -> {
                    host.loseDisk();
                    cluster.administrators().replace(host.id());
                });
            case LOSS -> everywhere(kind, new LinkCondition(random.nextDouble(0.05, 0.4), 0, false, 1_500));
            case DELAY -> everywhere(kind, new LinkCondition(0, 0, false, random.nextLong(20_000, 300_000)));
            case DUPLICATION -> everywhere(kind, new LinkCondition(0, random.nextDouble(0.1, 0.5), false, 1_500));
            case REORDERING ->
                everywhere(
                        kind,
                        new LinkCondition(
                                random.nextDouble(0.1), random.nextDouble(0.2), true, random.nextLong(5_000, 80_000)));
            case PARTITION -> partition();
            case ONE_WAY_PARTITION -> oneWayPartition();
            case CLOCK_DRIFT -> forAWhile(kind, host -> host.clockRate(rate()), host -> host.clockRate(1));
            case PAUSE -> forAWhile(kind, Host::pause, Host::resume);
            case LEADER_TRANSFER -> transfer();
            case MEMBERSHIP_CHANGE -> changeMembers(kind);
            case SLOW_STATE_MACHINE -> forAWhile(kind, host -> host.applySlowly(true), host -> host.applySlowly(false));
            case COMPACTION -> throw new IllegalArgumentException("compactions are counted, not injected");
        }
    }

    /** Slow clocks are tested more than fast ones, since they lead to leaders that do not notice that they were replaced. */
    private double rate() {
        double most = cluster.workload().maxClockRate();
        return Math.pow(most, random.nextDouble(-1, 2.0 / 3));
    }

    private void crash() {
        Host.Death death = random.nextBoolean() ? Host.Death.POWER_LOST : Host.Death.KILLED;
        if (random.nextInt(8) == 0) {
            List<Host> up = up();
            up.forEach(host -> kill(host, death));
            up.forEach(_ -> cluster.count(FaultKind.CRASH));
        } else {
            onUp(FaultKind.CRASH, host -> kill(host, death), true);
        }
    }

    private void kill(Host host, Host.Death death) {
        host.die(death);
        cluster.restartLater(host);
    }

    private void flip(Host host) {
        if (random.nextInt(3) == 0) {
            flipOnTwo(host);
            return;
        }
        host.die(Host.Death.POWER_LOST);
        host.flip();
        cluster.restartLater(host);
    }

    /** Each node loses the value of a different slot, while there is no leader to repair them one by one. */
    private void flipOnTwo(Host one) {
        List<Host> up = up();
        up.forEach(host -> kill(host, Host.Death.POWER_LOST));
        List<Host> others = up.stream().filter(host -> host != one).toList();
        try {
            long slot = one.flipEntry(0);
            if (!others.isEmpty()) {
                others.get(random.nextInt(others.size())).flipEntry(slot);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A snapshot is read again when another node fetches it, mostly from the leader; other files when the process starts. */
    private void flipWhileRunning(Host host) {
        if (random.nextBoolean()) {
            cluster.leader().orElse(host).flipSnapshot();
        } else {
            host.flip();
            cluster.time().after(random.nextLong(INTERVAL_MICROS_MAX), () -> {
                if (host.isUp()) {
                    kill(host, Host.Death.KILLED);
                }
            });
        }
    }

    private void fill(Host host) {
        long used = host.disk().names().stream()
                .mapToLong(name -> host.disk().sizeOf(name))
                .sum();
        host.disk().limit(used + random.nextInt(2_000));
    }

    private void transfer() {
        List<NodeId> voters = cluster.checker().membership().voters();
        NodeId target = voters.get(random.nextInt(voters.size()));
        cluster.leader().filter(leader -> !leader.id().equals(target)).ifPresent(leader -> {
            cluster.count(FaultKind.LEADER_TRANSFER);
            leader.transferTo(target);
        });
    }

    private void partition() {
        List<NodeId> one = new ArrayList<>();
        List<NodeId> other = new ArrayList<>();
        for (NodeId node : cluster.nodeIds()) {
            (random.nextBoolean() ? one : other).add(node);
        }
        if (one.isEmpty() || other.isEmpty()) {
            return;
        }
        network(FaultKind.PARTITION, network -> {
            cut(network, one, other);
            cut(network, other, one);
        });
    }

    private void oneWayPartition() {
        NodeId node = anyUp().map(Host::id).orElse(null);
        if (node == null) {
            return;
        }
        List<NodeId> others =
                cluster.nodeIds().stream().filter(other -> !other.equals(node)).toList();
        boolean mute = random.nextBoolean();
        network(FaultKind.ONE_WAY_PARTITION, network -> {
            if (mute) {
                cut(network, List.of(node), others);
            } else {
                cut(network, others, List.of(node));
            }
        });
    }

    private static void cut(SimulatedNetwork<Message> network, List<NodeId> from, List<NodeId> to) {
        from.forEach(one -> to.forEach(other -> network.set(one, other, LinkCondition.CUT)));
    }

    private void everywhere(FaultKind kind, LinkCondition condition) {
        network(kind, network -> network.everywhere(condition));
    }

    /** Network faults are combined; of two faults of the same link, the later one applies. */
    private void network(FaultKind kind, Consumer<SimulatedNetwork<Message>> fault) {
        cluster.count(kind);
        onNetwork.add(fault);
        fault.accept(cluster.network());
        cluster.time().after(random.nextLong(200_000, 4_000_000), () -> {
            if (onNetwork.remove(fault)) {
                cluster.network().heal();
                onNetwork.forEach(other -> other.accept(cluster.network()));
            }
        });
    }

    private void forAWhile(FaultKind kind, Consumer<Host> begin, Consumer<Host> end) {
        onUp(
                kind,
                host -> {
                    begin.accept(host);
                    cluster.time().after(random.nextLong(100_000, 4_000_000), () -> end.accept(host));
                },
                true);
    }

    private void onUp(FaultKind kind, Consumer<Host> fault, boolean count) {
        anyUp().ifPresent(host -> {
            if (count) {
                cluster.count(kind);
            }
            cluster.trace().add(cluster.time().nowMicros(), host.id().toString(), () -> "suffers " + kind);
            fault.accept(host);
        });
    }

    /** Only while all disks are sound and no member is being replaced, so that a minority is affected. */
    private void onSoundDisk(FaultKind kind, Consumer<Host> fault) {
        boolean sound =
                cluster.administrators().areIdle() && cluster.hosts().stream().noneMatch(Host::isDamaged);
        if (sound) {
            onUp(kind, fault, true);
        }
    }

    /** Several changes at once, as long as all disks are sound and no voter is lost permanently. */
    private void changeMembers(FaultKind kind) {
        List<Host> voters = up().stream()
                .filter(host -> cluster.checker().membership().isVoter(host.id()))
                .filter(host -> !cluster.administrators().areBusyWith(host.id()))
                .toList();
        boolean sound = cluster.checker().membership().voters().stream()
                        .noneMatch(voter -> cluster.host(voter).isGone())
                && cluster.hosts().stream().noneMatch(Host::isDamaged);
        if (sound && cluster.administrators().isOneIdle() && !voters.isEmpty()) {
            Host old = voters.get(random.nextInt(voters.size()));
            cluster.count(kind);
            cluster.administrators().replace(old.id());
        }
    }

    private Optional<Host> anyUp() {
        if (random.nextInt(3) == 0 && cluster.leader().isPresent()) {
            return cluster.leader();
        }
        List<Host> up = up();
        return up.isEmpty() ? Optional.empty() : Optional.of(up.get(random.nextInt(up.size())));
    }

    private List<Host> up() {
        return cluster.hosts().stream().filter(Host::isUp).toList();
    }
}
