package io.orderly.coordinator.simulation;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.consensus.ConsensusSettings;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Effects;
import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Replica;
import io.orderly.coordinator.consensus.ReplicaEvent;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.node.DiskStorage;
import io.orderly.coordinator.node.Node;
import io.orderly.coordinator.simulation.workload.NodeAccess;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One process life of a node: the production code, and the server of the workload on it. */
final class NodeProcess implements NodeAccess {

    private static final long TICK_MICROS = 15_000;
    private static final long REPORT_MICROS = 150_000;

    /** The work of a slow turn: about three entries. */
    private static final long SLOW_TURN_STEPS = 60;

    private static final long SLOW_TURN_MICROS_MAX = 2_000;

    private final Host host;
    private final String name;
    private final SimulatedCluster cluster;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final WorkloadServer server;
    private final Node<Object> node;
    private final DiskThreads disk;
    private final LeaderChecker leaderChecker;
    private final Map<Long, PendingRequest> asked = new HashMap<>();

    /** Inputs that wait for the end of the current step. */
    private final List<Input> queued = new ArrayList<>();

    /** Inputs that arrived while the process was paused. */
    private final List<Deferred> missed = new ArrayList<>();

    private final List<Runnable> postponed = new ArrayList<>();

    private boolean isStepping;
    private boolean isCatchingUp;
    private long tokens;

    /**
     * @param isOwn a proposal of the node itself
     * @param acknowledged the highest acknowledged slot at the time of the request
     */
    private record PendingRequest(Listener listener, boolean isOwn, long acknowledged) {}

    private sealed interface Deferred {

        record Arrived(Input input) implements Deferred {}

        record ClientRequest(Consumer<WorkloadServer> request) implements Deferred {}
    }

    /** @throws IOException if the node does not start on the files that are there */
    NodeProcess(Host host, int life, SimulatedCluster cluster, ConsensusSettings settings, RandomGenerator random)
            throws IOException {
        this.host = host;
        this.cluster = cluster;
        this.random = random;
        time = cluster.time();
        leaderChecker = new LeaderChecker(settings);
        name = host.id() + " in life " + life;
        DiskStorage storage = new DiskStorage(host.openFolder());
        server = cluster.workload().server(this);
        DurableState state = storage.durableState();
        cluster.checker().starts(host.id(), state, host.isFlipped());
        if (state.snapshot() != null) {
            try (InputStream content = storage.snapshotState().orElseThrow().open()) {
                server.restore(content);
            }
            cluster.checker().restores(host.id(), state.snapshot().slot(), server.fingerprint());
        }
        if (!state.corruptSlots().isEmpty()) {
            host.log("has corrupt slots " + state.corruptSlots());
        }
        Replica replica = new Replica(host.id(), settings, state, random);
        CheckedMachine machine = new CheckedMachine(host.id(), cluster.checker(), server);
        node = new Node<>(replica, storage, machine, SLOW_TURN_STEPS, this::send, this::answer, this::observe);
        disk = new DiskThreads(this, host, cluster, random, storage, node, machine);
    }

    void begin() {
        disk.wake();
        tick();
        report();
    }

    /** Whether no slot is corrupt, and all repairs are durable. */
    boolean isSound() {
        return disk.isIdle() && status().corruptSlots().isEmpty();
    }

    boolean isAlive() {
        return host.runs(this);
    }

    /** Runs an action: later if the process is paused, and not at all if it has ended. */
    void run(Runnable action) {
        if (!isAlive()) {
            return;
        }
        if (host.isPaused()) {
            postponed.add(() -> run(action));
        } else {
            action.run();
        }
    }

    // inputs

    private void tick() {
        if (!isAlive()) {
            return;
        }
        take(new Input.Tick(host.runClock(TICK_MICROS)));
        if (isAlive() && !host.isPaused()) {
            server.tick();
        }
        time.after(TICK_MICROS - 500 + random.nextLong(1_000), this::tick);
    }

    /** Tells the other nodes the hash of the state, as members do. */
    private void report() {
        if (!isAlive()) {
            return;
        }
        if (!host.isPaused()) {
            server.stateHash().ifPresent(hash -> cluster.report(host.id(), hash));
            if (!server.differing().isEmpty()) {
                throw PropertyViolation.safety(
                        ClusterChecker.NO_FALSE_ALARM,
                        "%s finds the states of %s to differ".formatted(host.id(), server.differing()));
            }
        }
        time.after(REPORT_MICROS, this::report);
    }

    void take(Input input) {
        if (host.isPaused()) {
            missed.add(new Deferred.Arrived(input));
        } else {
            handle(List.of(input));
        }
    }

    void receiveRequest(Consumer<WorkloadServer> request) {
        if (host.isPaused()) {
            missed.add(new Deferred.ClientRequest(request));
        } else {
            request.accept(server);
        }
    }

    void resume() {
        List<Deferred> all = List.copyOf(missed);
        List<Runnable> actions = List.copyOf(postponed);
        missed.clear();
        postponed.clear();
        isStepping = true;
        for (Deferred one : all) {
            switch (one) {
                case Deferred.Arrived(Input input) -> queued.add(input);
                case Deferred.ClientRequest(var request) -> request.accept(server);
            }
        }
        isStepping = false;
        handleQueued();
        actions.forEach(Runnable::run);
    }

    private void handle(List<Input> inputs) {
        queued.addAll(inputs);
        handleQueued();
    }

    /** Handles the inputs that have come during a step. */
    void handleQueued() {
        while (!isStepping && !queued.isEmpty() && isAlive()) {
            List<Input> inputs = List.copyOf(queued);
            queued.clear();
            inputs.forEach(this::note);
            step(() -> node.handle(inputs));
            if (inputs.size() == 1 && inputs.getFirst() instanceof Input.Tick && isAlive()) {
                leaderChecker.checkQuorum(status(), host.nowNanos());
            }
            disk.wake();
        }
    }

    /** @param step of the node */
    void step(Runnable step) {
        cluster.countStep();
        isStepping = true;
        node.beginTurn(host.nowNanos(), host.appliesSlowly() ? 0 : Long.MAX_VALUE);
        step.run();
        server.stepped();
        isStepping = false;
        catchUp();
        if (isAlive()) {
            leaderChecker.checkBound(
                    status(),
                    () -> asked.values().stream().filter(PendingRequest::isOwn).count());
        }
    }

    /** In a further turn, applies entries that wait. */
    private void catchUp() {
        if (!isCatchingUp && isAlive() && node.isBehind()) {
            isCatchingUp = true;
            time.after(random.nextLong(SLOW_TURN_MICROS_MAX), () -> run(this::continueCatchingUp));
        }
    }

    private void continueCatchingUp() {
        isCatchingUp = false;
        step(node::catchUp);
        disk.wake();
        handleQueued();
    }

    private void note(Input input) {
        if (input instanceof Input.Received(NodeId from, Message _)) {
            leaderChecker.receivedFrom(from, host.nowNanos());
        }
    }

    // requests

    @Override
    public NodeId id() {
        return host.id();
    }

    @Override
    public Status status() {
        return node.status();
    }

    @Override
    public long nowNanos() {
        return host.nowNanos();
    }

    @Override
    public void propose(byte[] command, Origin origin, Listener listener) {
        take(new Input.Propose(await(listener, origin == Origin.NODE), command, origin));
    }

    @Override
    public void read(Origin origin, Listener listener) {
        take(new Input.Read(await(listener, false), origin));
    }

    private long await(Listener listener, boolean isOwn) {
        asked.put(
                ++tokens, new PendingRequest(listener, isOwn, cluster.checker().acknowledged()));
        return tokens;
    }

    @Override
    public void trace(Supplier<?> what) {
        cluster.trace().add(time.nowMicros(), host.id().toString(), what);
    }

    void change(MembershipRequest request, Consumer<ReplicaOutcome> answer) {
        long token = await((outcome, _) -> answer.accept(outcome), false);
        take(new Input.ChangeMembership(token, request));
    }

    void transferTo(NodeId target) {
        take(new Input.TransferLeadership(++tokens, target));
    }

    // the ports

    private void send(NodeId to, Message message) {
        cluster.checker().sends(host.id(), message);
        cluster.send(host.id(), to, message);
    }

    private void answer(ReplicaOutcome outcome, @Nullable Object result) {
        trace(() -> outcome);
        PendingRequest one = asked.remove(outcome.token());
        if (one == null) {
            return;
        }
        switch (outcome) {
            case ReplicaOutcome.Applied applied -> {
                if (result == null) {
                    throw PropertyViolation.safety("every applied command has a result", applied.toString());
                }
                cluster.checker().acknowledges(applied.slot());
            }
            case ReplicaOutcome.Readable readable ->
                cluster.checker().reads(host.id(), readable.slot(), one.acknowledged);
            default -> {}
        }
        one.listener.completed(outcome, result);
    }

    private void observe(Effects effects) {
        if (!effects.records().isEmpty()) {
            cluster.checker().wrote(host.id(), effects.records(), effects.persistPoint());
        }
        for (ReplicaEvent event : effects.events()) {
            trace(() -> event);
            if (event instanceof ReplicaEvent.BecameLeader leader) {
                cluster.checker().leads(host.id(), leader.ballot(), name);
                leaderChecker.leads();
            }
            if (event instanceof ReplicaEvent.MembershipDecided change) {
                cluster.checker().members(host.id(), change.slot(), change.membership());
            }
            cluster.count(event);
        }
    }
}
