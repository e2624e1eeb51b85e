package io.orderly.coordinator.simulation;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.consensus.ConsensusSettings;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.ReplicaEvent;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.server.StateHash;
import io.orderly.coordinator.simulation.network.SimulatedNetwork;
import io.orderly.coordinator.simulation.workload.ClusterAccess;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.simulation.workload.Workload;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The hosts, the network between them, and the clients, checkers and administrators. */
final class SimulatedCluster implements ClusterAccess {

    private static final long RESTART_MICROS_MAX = 2_000_000;

    /** Many times the steps of a normal run. */
    private static final long MAX_STEPS = 400_000;

    private static final long REPORT_DELAY_MICROS_MAX = 2_000_000;

    private final VirtualTime time = new VirtualTime();
    private final Trace trace;
    private final SplittableRandom random;
    private final SplittableRandom reportDelays;
    private final ConsensusSettings settings;
    private final SimulatedNetwork<Message> network;
    private final Map<NodeId, Host> hosts = new TreeMap<>();
    private final ClusterChecker checker;
    private final Workload workload;
    private final Administrators administrators;
    private final Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
    private final Map<RunMetric, Long> metrics = new EnumMap<>(RunMetric.class);

    SimulatedCluster(RunParameters run, Trace trace) {
        this.trace = trace;
        random = new SplittableRandom(run.seed());
        reportDelays = new SplittableRandom(run.seed());
        settings = settings(random.split());
        network = new SimulatedNetwork<>(time, random.split(), this::deliver);
        workload =
                WorkloadFactory.of(run.workload(), new SimulationContext(time, random.split(), this, trace, this::add));
        Membership initial = Membership.of(IntStream.rangeClosed(1, run.nodes()).toArray());
        checker = new ClusterChecker(initial);
        initial.voters().forEach(id -> hosts.put(id, new Host(id, this, settings, random.split(), initial)));
        hosts.values().forEach(Host::start);
        administrators = new Administrators(this);
        new LeaderAvailability(this);
        workload.start(random.nextInt(3, 6));
    }

    /** Small limits, so that each of them is reached. */
    private static ConsensusSettings settings(RandomGenerator random) {
        return new ConsensusSettings(
                Duration.ofMillis(50),
                Duration.ofMillis(300),
                Duration.ofMillis(150),
                Duration.ofMillis(1_000),
                Duration.ofMillis(random.nextInt(300, 3_000)),
                256,
                random.nextInt(40, 400),
                random.nextInt(1, 12),
                random.nextInt(1, 6),
                random.nextInt(4, 64),
                random.nextInt(256, 4_096),
                random.nextInt(2, 32),
                random.nextInt(60, 400),
                random.nextInt(1, 5),
                random.nextInt(10, 150),
                1 << 20,
                random.nextInt(0, 40),
                random.nextInt(0, 20));
    }

    VirtualTime time() {
        return time;
    }

    Trace trace() {
        return trace;
    }

    RandomGenerator random() {
        return random;
    }

    SimulatedNetwork<Message> network() {
        return network;
    }

    ClusterChecker checker() {
        return checker;
    }

    Workload workload() {
        return workload;
    }

    Administrators administrators() {
        return administrators;
    }

    List<Host> hosts() {
        return hosts.values().stream().filter(host -> !host.isGone()).toList();
    }

    @Nullable Host host(NodeId id) {
        return hosts.get(id);
    }

    /** The node that considers itself the leader; of several, the one with the highest ballot. */
    Optional<Host> leader() {
        return leaders().stream().max(Comparator.comparing(host -> host.status().ballot()));
    }

    /** Any node that considers itself the leader; it may have been replaced. */
    Optional<Host> anyLeader() {
        List<Host> leaders = leaders();
        return leaders.isEmpty() ? Optional.empty() : Optional.of(leaders.get(random.nextInt(leaders.size())));
    }

    private List<Host> leaders() {
        return hosts().stream()
                .filter(host -> {
                    Status status = host.status();
                    return status != null && status.role() == Status.Role.LEADER;
                })
                .toList();
    }

    /** @return a new machine with an empty disk, which has no membership yet */
    Host add() {
        NodeId id = new NodeId(hosts.size() + 1);
        Host host = new Host(id, this, settings, random.split(), Membership.UNKNOWN);
        hosts.put(id, host);
        host.start();
        return host;
    }

    void restartLater(Host host) {
        time.after(random.nextLong(1_000, RESTART_MICROS_MAX), host::start);
    }

    void send(NodeId from, NodeId to, Message message) {
        trace.add(time.nowMicros(), from.toString(), () -> "to " + to + ": " + message);
        network.send(from, to, message);
    }

    /** A node tells all others the hash of its state. It arrives in any order, perhaps after much more was applied. */
    void report(NodeId from, StateHash told) {
        for (NodeId to : nodeIds()) {
            if (!to.equals(from)) {
                time.after(
                        reportDelays.nextLong(REPORT_DELAY_MICROS_MAX),
                        () -> at(to, server -> server.compare(from, told)));
            }
        }
    }

    private void deliver(NodeId from, NodeId to, Message message) {
        Host host = hosts.get(to);
        if (host == null) {
            throw PropertyViolation.safety("messages go to nodes that exist", from + " to " + to + ": " + message);
        }
        if (host.isUp()) {
            trace.add(time.nowMicros(), to.toString(), () -> "from " + from + ": " + message);
        }
        host.receive(from, message);
    }

    // for clients

    @Override
    public List<NodeId> nodeIds() {
        return hosts().stream().map(Host::id).toList();
    }

    @Override
    public void at(NodeId node, Consumer<WorkloadServer> request) {
        Host host = hosts.get(node);
        if (host != null) {
            host.receiveRequest(request);
        }
    }

    // figures

    void count(FaultKind kind) {
        trace.add(time.nowMicros(), "", () -> "fault: " + kind);
        faults.merge(kind, 1, Integer::sum);
    }

    void count(ReplicaEvent event) {
        switch (event) {
            case ReplicaEvent.BecameLeader leader -> {
                add(RunMetric.LEADERS_ELECTED, 1);
                add(RunMetric.ENTRIES_ADOPTED, leader.adopted());
            }
            case ReplicaEvent.TailCut _ -> add(RunMetric.TAILS_CUT, 1);
            case ReplicaEvent.SlotRepaired _ -> add(RunMetric.SLOTS_REPAIRED, 1);
            case ReplicaEvent.SnapshotInstalled _ -> add(RunMetric.SNAPSHOTS_SENT, 1);
            default -> {}
        }
    }

    /** Counts steps, and ends a run with too many of them. */
    void countStep() {
        add(RunMetric.STEPS, 1);
        if (metrics.get(RunMetric.STEPS) > MAX_STEPS) {
            throw new PropertyViolation(
                    Phase.PROGRESS, "the cluster becomes idle", "the nodes have taken %d steps".formatted(MAX_STEPS));
        }
    }

    void add(RunMetric metric, long count) {
        metrics.merge(metric, count, metric::merge);
    }

    Map<FaultKind, Integer> faults() {
        return faults;
    }

    Map<RunMetric, Long> metrics() {
        return metrics;
    }
}
