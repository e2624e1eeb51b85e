package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/**
 * Fetches a snapshot part by part from a node that no longer has the slots which this one lacks. Only one part is under way at a
 * time, and all of the account is kept here.
 */
final class SnapshotFetch {

    private final ReplicaState state;
    private @Nullable NodeId source;
    private Ballot ballot = Ballot.ZERO;
    private @Nullable Snapshot snapshot;
    private long offset;
    private long askedNanos;
    private long progressNanos;

    SnapshotFetch(ReplicaState state) {
        this.state = state;
    }

    /** Starts, unless it is under way from this very node, or gets on from another: what many offer is fetched from one of them. */
    void from(NodeId node, Ballot under) {
        if (state.acceptor.isInstalling() || node.equals(source) || getsOn()) {
            return;
        }
        source = node;
        ballot = under;
        progressNanos = state.nowNanos();
        restart();
    }

    private boolean getsOn() {
        return source != null
                && state.nowNanos() - progressNanos
                        < state.configuration.electionTimeout().toNanos();
    }

    /** Not needed any more. One that is being installed goes on. */
    void stop() {
        source = null;
        snapshot = null;
    }

    void tick() {
        if (source != null
                && !state.acceptor.isInstalling()
                && state.nowNanos() - askedNanos
                        >= state.configuration.resendTimeout().toNanos()) {
            ask();
        }
    }

    void arrived(NodeId from, Message.SnapshotChunk chunk) {
        if (!from.equals(source)
                || state.acceptor.isInstalling()
                || chunk.snapshot().slot() <= state.acceptor.commit()) {
            return;
        }
        if (!chunk.snapshot().equals(snapshot)) {
            if (chunk.offset() != 0) {
                restart();
                return;
            }
            snapshot = chunk.snapshot();
            offset = 0;
            state.outbox.event(new Event.SnapshotFetching(from, snapshot));
        }
        long end = chunk.offset() + chunk.bytes().length;
        if (chunk.offset() != offset || chunk.bytes().length == 0 || end > snapshot.sizeInBytes()) {
            return;
        }
        state.outbox.task(new SnapshotTask.StoreChunk(snapshot, offset, chunk.bytes()));
        offset = end;
        progressNanos = state.nowNanos();
        state.role().snapshotProgressed();
        if (offset == snapshot.sizeInBytes()) {
            state.acceptor.beginInstalling(snapshot);
            stop();
        } else {
            ask();
        }
    }

    private void restart() {
        snapshot = null;
        offset = 0;
        ask();
    }

    private void ask() {
        if (source != null) {
            askedNanos = state.nowNanos();
            long slot = snapshot == null ? 0 : snapshot.slot();
            state.outbox.sendNow(source, new Message.SnapshotRequest(ballot, slot, offset));
        }
    }
}
