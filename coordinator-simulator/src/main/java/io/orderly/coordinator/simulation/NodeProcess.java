package io.orderly.coordinator.simulation;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.consensus.ConsensusSettings;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Effects;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Replica;
import io.orderly.coordinator.consensus.ReplicaEvent;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.log.SimulatedDisk;
import io.orderly.coordinator.node.DiskStorage;
import io.orderly.coordinator.node.Node;
import io.orderly.coordinator.node.StateMachine;
import io.orderly.coordinator.node.Storage;
import io.orderly.coordinator.simulation.workload.NodeAccess;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One process life of a node: the production code, and the server of the workload on it. */
final class NodeProcess implements NodeAccess {

    private static final String SOUND_SNAPSHOT = "a snapshot arrives as it was written";
    private static final long TICK_MICROS = 15_000;
    private static final long HUNG_DISK_POLL_MICROS = 5_000;
    private static final long FULL_DISK_RETRY_MICROS = 20_000;
    private static final long REPORT_MICROS = 150_000;
    private static final long READ_MICROS_MAX = 200;
    private static final long RESTORE_TURN_MICROS_MAX = 5_000;

    /** The work of a slow turn: about three entries. */
    private static final long SLOW_TURN_STEPS = 60;

    private static final long SLOW_TURN_MICROS_MAX = 2_000;

    private final Host host;
    private final String name;
    private final SimulatedCluster cluster;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final WorkloadServer server;
    private final DiskStorage storage;
    private final Node<Object> node;
    private final LeaderChecker leaderChecker;
    private final Map<Long, PendingRequest> asked = new HashMap<>();

    /** Inputs that wait for the end of the current step. */
    private final List<Input> queued = new ArrayList<>();

    /** Inputs that arrived while the process was paused. */
    private final List<Deferred> missed = new ArrayList<>();

    private final List<Runnable> postponed = new ArrayList<>();

    /** The slots of snapshots from which the state will be restored. */
    private final Deque<Long> installing = new ArrayDeque<>();

    private boolean isStepping;
    private boolean diskIsBusy;
    private boolean isReading;
    private boolean isRestoring;
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

    @FunctionalInterface
    private interface DiskAction {
        void run() throws IOException;
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
        storage = new DiskStorage(host.openFolder());
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
        node = new Node<>(replica, storage, new Machine(), SLOW_TURN_STEPS, this::send, this::answer, this::observe);
    }

    void begin() {
        turn();
        tick();
        report();
    }

    /** Whether no slot is corrupt, and all repairs are durable. */
    boolean isSound() {
        return !diskIsBusy && !storage.hasWork() && status().corruptSlots().isEmpty();
    }

    private boolean isAlive() {
        return host.runs(this);
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

    private void handleQueued() {
        while (!isStepping && !queued.isEmpty() && isAlive()) {
            List<Input> inputs = List.copyOf(queued);
            queued.clear();
            inputs.forEach(this::note);
            step(() -> node.handle(inputs));
            if (inputs.size() == 1 && inputs.getFirst() instanceof Input.Tick && isAlive()) {
                leaderChecker.checkQuorum(status(), host.nowNanos());
            }
            turn();
            read();
        }
    }

    private void step(Runnable step) {
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
            time.after(random.nextLong(SLOW_TURN_MICROS_MAX), this::continueCatchingUp);
        }
    }

    private void continueCatchingUp() {
        if (!isAlive()) {
            return;
        }
        if (host.isPaused()) {
            postponed.add(this::continueCatchingUp);
            return;
        }
        isCatchingUp = false;
        step(node::catchUp);
        turn();
        read();
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

    // the disk's thread

    private void turn() {
        if (diskIsBusy || !isAlive() || !storage.hasWork()) {
            return;
        }
        diskIsBusy = true;
        if (attempt(storage::write)) {
            awaitForce();
        }
    }

    private void awaitForce() {
        OptionalLong nanos = host.disk().forceNanos();
        long waitMicros = storage.space().isExhausted() ? FULL_DISK_RETRY_MICROS : 0;
        time.after(nanos.isEmpty() ? HUNG_DISK_POLL_MICROS : waitMicros + nanos.getAsLong() / 1_000, () -> {
            if (!isAlive()) {
                return;
            }
            if (nanos.isEmpty()) {
                awaitForce();
            } else if (host.isPaused()) {
                postponed.add(this::force);
            } else {
                force();
            }
        });
    }

    private void force() {
        if (!isAlive()) {
            return;
        }
        Storage.ForceResult[] progress = new Storage.ForceResult[1];
        if (attempt(() -> progress[0] = storage.force())) {
            diskIsBusy = false;
            cluster.checker().becameDurable(host.id(), progress[0].durablePoint());
            progress[0].done().forEach(this::observe);
            step(() -> attempt(() -> node.handle(progress[0])));
            turn();
            handleQueued();
            restore();
        }
    }

    private void restore() {
        if (!isRestoring && isAlive() && node.isRestoring()) {
            isRestoring = true;
            time.after(random.nextLong(RESTORE_TURN_MICROS_MAX), this::continueRestoring);
        }
    }

    private void continueRestoring() {
        if (!isAlive()) {
            return;
        }
        if (host.isPaused()) {
            postponed.add(this::continueRestoring);
            return;
        }
        step(() -> attempt(node::restore));
        isRestoring = false;
        turn();
        restore();
    }

    // the thread that reads snapshots

    private void read() {
        if (!isReading && isAlive() && storage.hasReads()) {
            isReading = true;
            time.after(random.nextLong(READ_MICROS_MAX), this::finishRead);
        }
    }

    private void finishRead() {
        if (!isAlive()) {
            return;
        }
        if (host.isPaused()) {
            postponed.add(this::finishRead);
            return;
        }
        step(() -> attempt(() -> storage.read().ifPresent(node::handle)));
        isReading = false;
        turn();
        read();
    }

    /** @return whether the process is still alive */
    private boolean attempt(DiskAction action) {
        try {
            action.run();
            return true;
        } catch (SimulatedDisk.PowerLoss e) {
            cluster.count(FaultKind.TORN_WRITE);
        } catch (IOException e) {
            // a machine whose disk has failed is restarted, since its file cache may be wrong
            host.log("disk fails: " + e.getMessage());
        }
        host.dieAndRestart(Host.Death.POWER_LOST);
        return false;
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

    private void observe(Storage.CompletedTask done) {
        switch (done) {
            case Storage.CompletedTask.Taken _ -> cluster.count(FaultKind.COMPACTION);
            case Storage.CompletedTask.OutOfSpace _ -> cluster.add(RunMetric.SNAPSHOTS_OUT_OF_SPACE, 1);
            case Storage.CompletedTask.Installed installed ->
                installing.add(installed.snapshot().slot());
            case Storage.CompletedTask.ReceivedCorrupt(Snapshot corrupt) -> {
                if (!host.isFlipped()) {
                    throw PropertyViolation.safety(
                            SOUND_SNAPSHOT, "%s received a corrupt %s".formatted(host.id(), corrupt));
                }
            }
        }
    }

    /** The server's state, with checks. */
    private final class Machine implements StateMachine<Object> {

        @Override
        public Object apply(Entry entry) {
            Object result = server.apply(entry);
            if (cluster.checker().applies(host.id(), entry, server.fingerprint())) {
                server.decided();
            }
            return result;
        }

        @Override
        public Iterator<byte[]> snapshot() {
            return server.snapshot();
        }

        @Override
        public Restoration restoration(InputStream snapshot) {
            Restoration restoration = server.restoration(snapshot);
            return () -> {
                boolean isInPlace = restoration.step();
                if (isInPlace) {
                    cluster.checker().restores(host.id(), installing.remove(), server.fingerprint());
                }
                return isInPlace;
            };
        }
    }
}
