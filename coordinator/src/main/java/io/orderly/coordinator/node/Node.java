package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.Effects;
import io.orderly.coordinator.consensus.Envelope;
import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Replica;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.consensus.SnapshotTask;
import io.orderly.coordinator.consensus.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a replica: passes inputs to it and carries out its {@link Effects}: appends, sends, applies and reports outcomes. One
 * thread at a time.
 *
 * <p>These methods throw if the disk or an invariant fails; the node is then unusable, and its owner must stop the process.
 *
 * @param <R> the state machine's results
 */
public final class Node<R> {

    /** Of a {@linkplain StateMachine#steps step}, about. */
    private static final long NANOS_PER_STEP = 50;

    private final Replica replica;
    private final Storage storage;
    private final StateMachine<R> machine;
    private final PeerTransport peers;
    private final OutcomeListener<R> listener;
    private final Consumer<Effects> observer;

    /** Messages that must not leave before their persist point is durable. */
    private final List<Envelope> waiting = new ArrayList<>();

    private final Applying<R> applying;

    private long durablePoint;

    /** Until it is done, the replica passes on no entries to apply. */
    private @Nullable Restoring restoring;

    private record Restoring(Snapshot snapshot, InputStream content, StateMachine.Restoration state) {}

    /**
     * A node that applies entries as soon as they are decided.
     *
     * @param machine already restored from the newest snapshot
     * @param observer receives the effects of each step when they are written and sent, before they are applied, for metrics and checks
     */
    public Node(
            Replica replica,
            Storage storage,
            StateMachine<R> machine,
            PeerTransport peers,
            OutcomeListener<R> listener,
            Consumer<Effects> observer) {
        this(replica, storage, machine, Long.MAX_VALUE, peers, listener, observer);
    }

    /**
     * @param machine already restored from the newest snapshot
     * @param stepsPerTurn after so much work of the machine, in {@linkplain StateMachine#steps steps}, further entries wait for the next
     *     {@linkplain #beginTurn turn}
     * @param observer receives the effects of each step when they are written and sent, before they are applied, for metrics and checks
     */
    public Node(
            Replica replica,
            Storage storage,
            StateMachine<R> machine,
            long stepsPerTurn,
            PeerTransport peers,
            OutcomeListener<R> listener,
            Consumer<Effects> observer) {
        this.replica = replica;
        this.storage = storage;
        this.machine = machine;
        this.peers = peers;
        this.listener = listener;
        this.observer = observer;
        applying = new Applying<>(machine, stepsPerTurn, this::applied);
    }

    /**
     * From now on the state machine may do the work of one turn. That is more after a turn that took long for other reasons, so that
     * applying has its share of the time.
     *
     * @param lastTurnNanos how long the last turn took, without waiting for inputs
     */
    public void beginTurn(long atNanos, long lastTurnNanos) {
        applying.beginTurn(atNanos, lastTurnNanos / NANOS_PER_STEP);
    }

    /** Whether decided entries wait to be applied. Its owner calls {@link #catchUp} between other inputs until this is false. */
    public boolean isBehind() {
        return applying.isBehind();
    }

    /**
     * Whether so much waits that it would take too much memory to let it grow. Its owner drops messages with further entries until this
     * is false: the leader sends them again.
     */
    public boolean isFarBehind() {
        return applying.isFarBehind();
    }

    /** How long the decided entries that wait longest have waited at the beginning of this turn; 0 if none wait. */
    public long lagNanos() {
        return applying.lagNanos();
    }

    /** Applies entries that wait, as far as this turn allows. */
    public void catchUp() {
        applying.go();
    }

    /** Handles inputs in order. Inputs that are passed together take one step. */
    public void handle(List<Input> inputs) {
        carryOut(replica.step(inputs));
    }

    /**
     * Handles the result of {@link Storage#force}.
     *
     * @throws IOException if a snapshot that was installed cannot be opened
     */
    public void handle(Storage.ForceResult progress) throws IOException {
        List<Input> inputs = new ArrayList<>();
        if (progress.durablePoint() > durablePoint) {
            durablePoint = progress.durablePoint();
            inputs.add(new Input.Persisted(durablePoint));
            waiting.removeIf(this::sendIfDurable);
        }
        for (Storage.CompletedTask done : progress.done()) {
            switch (done) {
                case Storage.CompletedTask.Taken taken -> inputs.add(new Input.SnapshotTaken(taken.snapshot()));
                case Storage.CompletedTask.Installed(Snapshot snapshot, Storage.SnapshotContent content) -> {
                    InputStream stream = content.open();
                    restoring = new Restoring(snapshot, stream, machine.restoration(stream));
                }
                case Storage.CompletedTask.ReceivedCorrupt corrupt ->
                    inputs.add(new Input.ReceivedSnapshotCorrupt(corrupt.snapshot()));
                case Storage.CompletedTask.OutOfSpace(SnapshotTask task) -> inputs.add(new Input.OutOfSpace(task));
            }
        }
        if (!inputs.isEmpty()) {
            handle(inputs);
        }
    }

    /** Handles the result of {@link Storage#read}. */
    public void handle(Storage.ReadResult reading) {
        switch (reading) {
            case Storage.ReadResult.Chunk(NodeId to, Message.SnapshotChunk chunk) -> peers.send(to, chunk);
            case Storage.ReadResult.Corrupt(Snapshot snapshot) ->
                handle(List.of(new Input.StoredSnapshotCorrupt(snapshot)));
        }
    }

    /** Whether the state is being restored. Its owner calls {@link #restore} between other inputs until this is false. */
    public boolean isRestoring() {
        return restoring != null;
    }

    /**
     * Continues to restore the state for one turn.
     *
     * @throws IOException if it cannot be restored from the snapshot that was installed
     */
    public void restore() throws IOException {
        Restoring under = restoring;
        if (under != null && under.state.step()) {
            restoring = null;
            under.content.close();
            handle(List.of(new Input.SnapshotInstalled(under.snapshot)));
        }
    }

    /** {@link Status#applied()} is what the state machine has applied. */
    public Status status() {
        Status status = replica.status();
        return applying.isBehind() ? status.withApplied(applying.applied()) : status;
    }

    private void carryOut(Effects effects) {
        storage.append(effects.records(), effects.persistPoint());
        for (Envelope envelope : effects.messages()) {
            if (!sendIfDurable(envelope)) {
                waiting.add(envelope);
            }
        }
        peers.sent();
        observer.accept(effects);
        applying.add(effects);
    }

    /** @param results of the entries, by slot */
    private void applied(Effects effects, Map<Long, R> results) {
        for (ReplicaOutcome outcome : effects.outcomes()) {
            listener.completed(
                    outcome, outcome instanceof ReplicaOutcome.Applied applied ? results.get(applied.slot()) : null);
        }
        for (SnapshotTask task : effects.snapshotTasks()) {
            storage.begin(task, machine);
        }
    }

    private boolean sendIfDurable(Envelope envelope) {
        if (envelope.after() > durablePoint) {
            return false;
        }
        peers.send(envelope.to(), envelope.message());
        return true;
    }
}
