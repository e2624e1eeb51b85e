package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of this node: the newest, and older ones that other nodes are fetching. An older snapshot is deleted when no node
 * has requested it for the fetch timeout. Each node fetches one at a time, so there are at most as many older ones as other nodes.
 */
final class RetainedSnapshots {

    private final EffectCollector effects;
    private final long timeoutNanos;
    private final SortedMap<NodeId, ActiveFetch> fetches = new TreeMap<>();
    private @Nullable Snapshot newest;
    private boolean isNewestCorrupt;

    /** A node is fetching a snapshot. */
    private record ActiveFetch(Snapshot snapshot, long askedNanos) {}

    RetainedSnapshots(ConsensusSettings settings, EffectCollector effects, @Nullable Snapshot newest) {
        this.effects = effects;
        timeoutNanos = settings.fetchTimeout().toNanos();
        this.newest = newest;
    }

    @Nullable Snapshot newest() {
        return newest;
    }

    /** 0 if there is no snapshot. */
    long newestSlot() {
        return newest == null ? 0 : newest.slot();
    }

    /** It is being replaced, and is not sent until then. */
    boolean isNewestCorrupt() {
        return isNewestCorrupt;
    }

    boolean isBeingFetched() {
        return !fetches.isEmpty();
    }

    /** A node that fetches a snapshot needs the log after it next. {@link Long#MAX_VALUE} if none is being fetched. */
    long oldestFetchedSlot() {
        return fetches.values().stream()
                .mapToLong(fetch -> fetch.snapshot.slot())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** @param newer replaces the newest; of the same slot only if that is corrupt */
    void put(Snapshot newer) {
        Snapshot before = newest;
        newest = newer;
        isNewestCorrupt = false;
        fetches.replaceAll(
                (_, fetch) -> fetch.snapshot.slot() == newer.slot() ? new ActiveFetch(newer, fetch.askedNanos) : fetch);
        if (before != null) {
            deleteIfUnused(before);
        }
    }

    /** A corrupt snapshot is not sent any more: nodes that fetch it get the newest from its beginning, once that is sound. */
    void withdraw(Snapshot corrupt) {
        if (corrupt.equals(newest)) {
            isNewestCorrupt = true;
        } else if (fetches.values().removeIf(fetch -> fetch.snapshot.equals(corrupt))) {
            deleteIfUnused(corrupt);
        }
    }

    /**
     * A node requests a snapshot.
     *
     * @param slot of the snapshot that it is fetching; 0 if it begins
     * @return the one to send: that of the slot if it still exists, else the newest; null if there is none, or it is corrupt and
     *     being replaced
     */
    @Nullable Snapshot snapshotFor(NodeId to, long slot, long nowNanos) {
        ActiveFetch before = fetches.get(to);
        Snapshot fetched = before != null && before.snapshot.slot() == slot ? before.snapshot : newest;
        if (fetched != null) {
            fetches.put(to, new ActiveFetch(fetched, nowNanos));
        }
        if (before != null) {
            deleteIfUnused(before.snapshot);
        }
        return fetched == newest && isNewestCorrupt ? null : fetched;
    }

    /** @return whether a fetch has ended because no request arrived for too long */
    boolean endSilentFetches(long nowNanos) {
        List<ActiveFetch> silent = new ArrayList<>(fetches.values());
        silent.removeIf(fetch -> nowNanos - fetch.askedNanos < timeoutNanos);
        fetches.values().removeAll(silent);
        silent.forEach(fetch -> deleteIfUnused(fetch.snapshot));
        return !silent.isEmpty();
    }

    private void deleteIfUnused(Snapshot snapshot) {
        boolean isBeingFetched = fetches.values().stream().anyMatch(fetch -> fetch.snapshot.slot() == snapshot.slot());
        if (snapshot.slot() != newestSlot() && !isBeingFetched) {
            effects.task(new SnapshotTask.Delete(snapshot));
        }
    }
}
