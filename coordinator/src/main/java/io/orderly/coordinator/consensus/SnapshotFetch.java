package io.orderly.coordinator.consensus;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a snapshot from a node that has deleted slots which this one lacks. Several chunks are requested at a time; the sender
 * keeps no state. A fetch continues across changes of role and leader as long as chunks arrive.
 */
final class SnapshotFetch {

    private final ReplicaState state;
    private @Nullable NodeId source;
    private Ballot ballot = Ballot.ZERO;
    private @Nullable Snapshot snapshot;

    /** Missing chunks by offset, with the time of the request. */
    private final SortedMap<Long, Long> asked = new TreeMap<>();

    /** By offset, chunks that arrived before an earlier one. */
    private final SortedMap<Long, byte[]> early = new TreeMap<>();

    /** The offset of the first chunk that was not requested. */
    private long nextOffset;

    private long storedBytes;
    private long renewedNanos;
    private long progressNanos;

    /** No fetch begins before this time: there was no space for the last one. */
    private long pausedUntilNanos;

    SnapshotFetch(ReplicaState state) {
        this.state = state;
    }

    /** Starts a fetch, unless one from this node is under way, or one from another node makes progress. */
    void from(NodeId node, Ballot under) {
        if (state.acceptor.isInstalling()
                || node.equals(source)
                || isProgressing()
                || state.nowNanos() < pausedUntilNanos) {
            return;
        }
        source = node;
        ballot = under;
        progressNanos = state.nowNanos();
        restart();
    }

    private boolean isProgressing() {
        return source != null
                && state.nowNanos() - progressNanos
                        < state.settings.electionTimeout().toNanos();
    }

    /** Ends the fetch. A snapshot that is being installed is installed nevertheless. */
    void stop() {
        source = null;
        forget();
    }

    /** Ends the fetch for lack of space; the next one begins some time later. */
    void pause() {
        stop();
        pausedUntilNanos = state.nowNanos() + state.settings.fetchTimeout().toNanos();
    }

    void tick() {
        if (source == null) {
            return;
        }
        long now = state.nowNanos();
        long resendNanos = state.settings.resendTimeout().toNanos();
        if (state.acceptor.isInstalling()) {
            if (snapshot != null && now - renewedNanos >= resendNanos) {
                renew(snapshot);
            }
        } else if (now - progressNanos >= state.settings.fetchTimeout().toNanos()) {
            stop();
        } else {
            asked.entrySet().stream()
                    .filter(part -> now - part.getValue() >= resendNanos)
                    .map(SortedMap.Entry::getKey)
                    .toList()
                    .forEach(this::ask);
        }
    }

    void arrived(NodeId from, Message.SnapshotChunk chunk) {
        if (!from.equals(source)
                || state.acceptor.isInstalling()
                || chunk.snapshot().slot() <= state.acceptor.commit()) {
            return;
        }
        Snapshot offered = chunk.snapshot();
        if (offered.equals(snapshot) || switchesTo(offered, chunk.offset())) {
            take(offered, chunk.offset(), chunk.bytes());
        }
    }

    /** @return whether this is the first chunk of a newer snapshot, which is fetched from now on */
    private boolean switchesTo(Snapshot offered, long offset) {
        if (offset != 0) {
            if (snapshot != null && snapshot.slot() == offered.slot()) {
                // the sender has replaced it: the chunks here are not part of the new one
                restart();
            }
            return false;
        }
        if (source == null || snapshot != null && offered.slot() < snapshot.slot()) {
            return false;
        }
        forget();
        snapshot = offered;
        asked.put(0L, state.nowNanos());
        nextOffset = partSize(offered, 0);
        state.effects.event(new ReplicaEvent.SnapshotFetching(source, offered));
        return true;
    }

    private void take(Snapshot fetched, long offset, byte[] bytes) {
        if (bytes.length != partSize(fetched, offset) || asked.remove(offset) == null) {
            return;
        }
        early.put(offset, bytes);
        while (!early.isEmpty() && early.firstKey() == storedBytes) {
            byte[] next = early.remove(early.firstKey());
            state.effects.task(new SnapshotTask.StoreChunk(fetched, storedBytes, next));
            storedBytes += next.length;
        }
        progressNanos = state.nowNanos();
        state.role().snapshotProgressed();
        if (storedBytes == fetched.sizeInBytes()) {
            state.acceptor.beginInstalling(fetched);
            renew(fetched);
        } else {
            askForMore(fetched);
        }
    }

    private void restart() {
        forget();
        ask(0);
    }

    private void forget() {
        snapshot = null;
        asked.clear();
        early.clear();
        nextOffset = 0;
        storedBytes = 0;
    }

    private void askForMore(Snapshot fetched) {
        while (nextOffset < fetched.sizeInBytes()
                && asked.size() + early.size() < state.settings.snapshotChunksInFlight()) {
            ask(nextOffset);
            nextOffset += partSize(fetched, nextOffset);
        }
    }

    private int partSize(Snapshot fetched, long offset) {
        return (int) Math.min(state.settings.snapshotChunkBytes(), fetched.sizeInBytes() - offset);
    }

    private void ask(long offset) {
        asked.put(offset, state.nowNanos());
        request(snapshot == null ? 0 : snapshot.slot(), offset);
    }

    /** Makes the source keep the log after a snapshot that has arrived and is not installed yet. */
    private void renew(Snapshot fetched) {
        renewedNanos = state.nowNanos();
        request(fetched.slot(), fetched.sizeInBytes());
    }

    private void request(long slot, long offset) {
        if (source != null) {
            int bytes = state.settings.snapshotChunkBytes();
            state.effects.sendNow(source, new Message.SnapshotRequest(ballot, slot, offset, bytes));
        }
    }
}
