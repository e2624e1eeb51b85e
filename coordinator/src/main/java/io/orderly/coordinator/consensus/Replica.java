package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The consensus state machine of one node: it takes inputs and returns {@link Effects}, which its caller must carry out as
 * described there.
 *
 * <p>The same state, inputs and random numbers lead to the same effects. Not thread-safe: it is driven by one thread (singular
 * update queue).
 *
 * <p>A violated invariant throws {@link InvariantViolation}, and the replica takes no further input; the node must stop, since its
 * state may be wrong.
 */
public final class Replica {

    private final ReplicaState state;
    private boolean started;
    private long originNanos;
    private @Nullable RuntimeException deathCause;

    /**
     * A replica that continues from its durable state, as a follower. Its first input must be a {@link Input.Tick}.
     *
     * @param jitter randomizes election timeouts, so that nodes do not start elections at the same time
     */
    public Replica(NodeId self, ConsensusSettings settings, DurableState durable, RandomGenerator jitter) {
        this(self, settings, durable, jitter, new Rules());
    }

    Replica(NodeId self, ConsensusSettings settings, DurableState durable, RandomGenerator jitter, Rules rules) {
        state = new ReplicaState(self, settings, durable, jitter, rules);
    }

    /** As {@link #step(List)} for a single input. */
    public Effects step(Input input) {
        return step(List.of(input));
    }

    /**
     * Handles inputs in order, at the time of the last tick among them. Inputs that are passed together can share one batch.
     *
     * @throws InvariantViolation if an invariant is violated
     * @throws IllegalStateException if one was violated before, or the first input is no tick
     */
    public Effects step(List<Input> inputs) {
        if (deathCause != null) {
            throw new IllegalStateException("this replica is dead", deathCause);
        }
        try {
            boolean ticked = moveTime(inputs);
            inputs.forEach(this::take);
            state.role().endStep();
            state.acceptor.takeSnapshotIfDue();
            if (ticked || state.effects.forced()) {
                state.acceptor.markCommit();
            }
            return state.effects.take();
        } catch (RuntimeException e) {
            deathCause = e;
            throw e;
        }
    }

    /** The current status. */
    public Status status() {
        Acceptor acceptor = state.acceptor;
        return new Status(
                state.self,
                state.role().name(),
                acceptor.promised(),
                state.role().ballot(),
                state.role().leader(),
                acceptor.commit(),
                acceptor.applied(),
                acceptor.log().last(),
                acceptor.log().lowWaterMark(),
                acceptor.membership(),
                List.copyOf(acceptor.log().corruptSlots()),
                state.role().undecided());
    }

    /** What this node accepted in a slot; empty if nothing, if it is corrupt, or if it is below the low-water mark. */
    public Optional<Entry> entry(long slot) {
        return Optional.ofNullable(state.acceptor.log().get(slot));
    }

    private void take(Input input) {
        if (!started && !(input instanceof Input.Tick)) {
            throw new IllegalStateException("the first input must be a tick, not " + input);
        }
        switch (input) {
            case Input.Received(NodeId from, Message message) -> receive(from, message);
            case Input.Tick(long nowNanos) -> tick(nowNanos);
            case Input.Propose propose -> state.role().propose(propose);
            case Input.ChangeMembership change -> state.role().change(change);
            case Input.Read read -> state.role().read(read);
            case Input.TransferLeadership transfer -> state.role().transfer(transfer);
            case Input.Persisted(long point) -> {
                state.effects.durable(point);
                state.role().persisted();
            }
            case Input.SnapshotTaken(Snapshot snapshot) -> state.acceptor.taken(snapshot);
            case Input.SnapshotInstalled(Snapshot snapshot) -> {
                state.fetch.stop();
                state.acceptor.installed(snapshot);
                state.role().snapshotInstalled();
            }
            case Input.StoredSnapshotCorrupt(Snapshot snapshot) -> state.acceptor.storedSnapshotCorrupt(snapshot);
            case Input.ReceivedSnapshotCorrupt _ -> {
                state.fetch.stop();
                state.acceptor.notInstalled();
            }
            case Input.OutOfSpace(SnapshotTask task) -> outOfSpace(task);
        }
    }

    /** Only the outcome of an installation ends it: until then its snapshot may be in the place of the state. */
    private void outOfSpace(SnapshotTask task) {
        switch (task) {
            case SnapshotTask.Take _ -> state.acceptor.notTaken(state.nowNanos());
            case SnapshotTask.StoreChunk _ -> {
                if (!state.acceptor.isInstalling()) {
                    state.fetch.pause();
                }
            }
            case SnapshotTask.Install _ -> {
                state.fetch.pause();
                state.acceptor.notInstalled();
            }
            case SnapshotTask.SendChunk _, SnapshotTask.Delete _ ->
                throw new IllegalArgumentException("it needs no space: " + task);
        }
    }

    /**
     * All inputs of a step are handled at its latest time. After a pause of the process, messages that waited would otherwise be
     * handled at a time before the pause, and the next tick would find their senders silent.
     *
     * @return whether there is a tick
     */
    private boolean moveTime(List<Input> inputs) {
        boolean isTicked = false;
        for (Input input : inputs) {
            if (input instanceof Input.Tick(long nowNanos)) {
                isTicked = true;
                if (started) {
                    state.moveTime(nowNanos - originNanos);
                }
            }
        }
        return isTicked;
    }

    private void tick(long nowNanos) {
        if (!started) {
            started = true;
            originNanos = nowNanos;
            state.role().enter();
        }
        state.moveTime(nowNanos - originNanos);
        state.watchDisk();
        state.role().tick();
        state.fetch.tick();
        state.acceptor.tick(state.nowNanos());
    }

    private void receive(NodeId from, Message message) {
        switch (message) {
            case Message.PreVote probe when owns(from, probe) -> answer(from, probe);
            case Message.Prepare prepare when owns(from, prepare) -> answer(from, prepare);
            case Message.Accept accept
            when owns(from, accept) -> {
                if (admitLeader(from, accept) instanceof Follower follower) {
                    follower.accept(from, accept);
                }
            }
            case Message.Heartbeat heartbeat
            when owns(from, heartbeat) -> {
                if (admitLeader(from, heartbeat) instanceof Follower follower) {
                    follower.heartbeat(from, heartbeat);
                }
            }
            case Message.Decided decided
            when owns(from, decided) -> {
                if (admitLeader(from, decided) instanceof Follower follower) {
                    follower.decided(from, decided);
                }
            }
            case Message.TakeOver takeOver
            when owns(from, takeOver) -> {
                if (admitLeader(from, takeOver) instanceof Follower follower) {
                    follower.takeOver();
                }
            }
            case Message.Nack outranked -> outranked(outranked);
            case Message.PreVoteResponse answer -> answered(from, answer);
            case Message.Promise answer -> answered(from, answer);
            case Message.Accepted answer -> answered(from, answer);
            case Message.LogGap answer -> answered(from, answer);
            case Message.HeartbeatResponse answer -> answered(from, answer);
            case Message.SnapshotRequest request -> answer(from, request);
            case Message.SnapshotChunk chunk -> state.fetch.arrived(from, chunk);
            case Message.PreVote _,
                    Message.Prepare _,
                    Message.Accept _,
                    Message.Heartbeat _,
                    Message.Decided _,
                    Message.TakeOver _ -> {}
        }
    }

    /** Only the owner of a ballot may send requests under it; others are dropped. */
    private static boolean owns(NodeId from, Message message) {
        return message.ballot().node() == from.value();
    }

    private void answered(NodeId from, Message answer) {
        if (answer.ballot().equals(state.role().ballot())) {
            state.role().answered(from, answer);
        }
    }

    private void outranked(Message.Nack outranked) {
        state.seen(outranked.promised());
        boolean mine = outranked.ballot().equals(state.role().ballot())
                && (state.role() instanceof Leader || state.role() instanceof Candidate);
        if (mine && outranked.promised().compareTo(outranked.ballot()) > 0) {
            state.effects.event(
                    new ReplicaEvent.SteppedDown(outranked.ballot(), "outranked by " + outranked.promised()));
            state.follow(outranked.ballot(), null);
        }
    }

    private void answer(NodeId from, Message.PreVote probe) {
        boolean granted = state.rules.grantsPreVote(
                state.role() instanceof Leader,
                state.silenceNanos(),
                state.settings.electionTimeout().toNanos());
        state.effects.sendNow(
                from,
                new Message.PreVoteResponse(
                        probe.ballot(),
                        granted,
                        state.acceptor.promised(),
                        state.role().leader(),
                        state.acceptor.log().lowWaterMark(),
                        state.canCampaign()));
    }

    private void answer(NodeId from, Message.Prepare prepare) {
        Acceptor acceptor = state.acceptor;
        if (!state.rules.accepts(acceptor.promised(), prepare.ballot())) {
            state.effects.sendNow(from, new Message.Nack(prepare.ballot(), acceptor.promised()));
            return;
        }
        promise(prepare.ballot());
        if (state.role() instanceof Follower follower && follower.leader() == null) {
            follower.hear(null);
        }
        state.effects.sendOnceDurable(from, promiseFrom(prepare));
    }

    private Message.Promise promiseFrom(Message.Prepare prepare) {
        Acceptor acceptor = state.acceptor;
        SlotLog log = acceptor.log();
        List<Entry> entries = new ArrayList<>();
        List<CorruptEntry> corrupt = new ArrayList<>();
        if (log.lowWaterMark() < prepare.from()) {
            long bytes = 0;
            for (long slot = prepare.from(); slot <= log.last(); slot++) {
                int told = entries.size() + corrupt.size();
                Entry entry = log.get(slot);
                bytes += entry == null ? 0 : entry.payload().sizeInBytes();
                if (told > 0 && (bytes > state.settings.maxBatchBytes() || told >= state.settings.maxBatchEntries())) {
                    break;
                }
                if (entry == null) {
                    corrupt.add(new CorruptEntry(slot, log.ballotAtMost(slot)));
                } else {
                    entries.add(entry);
                }
            }
        }
        return new Message.Promise(
                prepare.ballot(), prepare.from(), acceptor.decided(), log.lowWaterMark(), entries, corrupt, log.last());
    }

    /**
     * Accepts a leader's message unless a higher ballot was promised. Returns the role that handles it; null if the message is
     * refused.
     */
    private @Nullable Role admitLeader(NodeId from, Message message) {
        if (!state.rules.accepts(state.acceptor.promised(), message.ballot())) {
            state.effects.sendNow(from, new Message.Nack(message.ballot(), state.acceptor.promised()));
            return null;
        }
        promise(message.ballot());
        if (state.role() instanceof Follower follower) {
            follower.hear(from);
        }
        return state.role();
    }

    /** Promises a ballot of another node, and becomes its follower. */
    private void promise(Ballot ballot) {
        if (!ballot.equals(state.acceptor.promised())) {
            state.acceptor.promise(ballot);
        }
        state.seen(ballot);
        boolean follows =
                state.role() instanceof Follower && state.role().ballot().equals(ballot);
        if (!follows) {
            state.become(new Follower(state, ballot, null));
        }
    }

    private void answer(NodeId from, Message.SnapshotRequest request) {
        Snapshot snapshot = state.acceptor.snapshots().snapshotFor(from, request.slot(), state.nowNanos());
        if (snapshot == null) {
            return;
        }
        long offset = request.slot() == snapshot.slot() ? request.offset() : 0;
        if (offset >= 0 && offset < snapshot.sizeInBytes() && request.bytes() > 0) {
            int bytes = Math.min(request.bytes(), Message.SnapshotRequest.MAX_BYTES);
            state.effects.task(new SnapshotTask.SendChunk(from, request.ballot(), snapshot, offset, bytes));
        }
    }
}
