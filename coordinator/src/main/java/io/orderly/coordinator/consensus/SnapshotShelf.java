package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of this node: the newest, and older ones that other nodes are fetching. An older one is deleted when no node has asked
 * for it during the fetch timeout. Each node fetches one at a time, so there are at most as many older ones as there are other nodes.
 */
final class SnapshotShelf {

    private final Outbox outbox;
    private final long timeoutNanos;
    private final SortedMap<NodeId, Loan> loans = new TreeMap<>();
    private @Nullable Snapshot newest;
    private boolean isNewestRotten;

    /** A node is fetching a snapshot. */
    private record Loan(Snapshot snapshot, long askedNanos) {}

    SnapshotShelf(Configuration configuration, Outbox outbox, @Nullable Snapshot newest) {
        this.outbox = outbox;
        timeoutNanos = configuration.fetchTimeout().toNanos();
        this.newest = newest;
    }

    @Nullable Snapshot newest() {
        return newest;
    }

    /** 0 if there is no snapshot. */
    long newestSlot() {
        return newest == null ? 0 : newest.slot();
    }

    /** It is to be replaced, and not sent until then. */
    boolean isNewestRotten() {
        return isNewestRotten;
    }

    boolean isLent() {
        return !loans.isEmpty();
    }

    /** A node that fetches a snapshot needs the log behind it next. {@link Long#MAX_VALUE} if none is lent. */
    long oldestLentSlot() {
        return loans.values().stream()
                .mapToLong(loan -> loan.snapshot.slot())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** @param newer takes the place of the newest; of the same slot only if that is rotten */
    void put(Snapshot newer) {
        Snapshot before = newest;
        newest = newer;
        isNewestRotten = false;
        loans.replaceAll((_, loan) -> loan.snapshot.slot() == newer.slot() ? new Loan(newer, loan.askedNanos) : loan);
        if (before != null) {
            deleteIfUnused(before);
        }
    }

    /** Is not sent any more: those who fetch it get the newest from its beginning, once that is sound. */
    void withdraw(Snapshot rotten) {
        if (rotten.equals(newest)) {
            isNewestRotten = true;
        } else if (loans.values().removeIf(loan -> loan.snapshot.equals(rotten))) {
            deleteIfUnused(rotten);
        }
    }

    /**
     * A node asks for a snapshot.
     *
     * @param slot of the snapshot that it is fetching; 0 if it begins
     * @return the one that it gets: that of the slot if it is still here, else the newest; null if there is none, or it
     *     is rotten and will soon be replaced
     */
    @Nullable Snapshot lend(NodeId to, long slot, long nowNanos) {
        Loan before = loans.get(to);
        Snapshot lent = before != null && before.snapshot.slot() == slot ? before.snapshot : newest;
        if (lent != null) {
            loans.put(to, new Loan(lent, nowNanos));
        }
        if (before != null) {
            deleteIfUnused(before.snapshot);
        }
        return lent == newest && isNewestRotten ? null : lent;
    }

    /** @return whether a fetch is given up because nothing was heard of it for too long */
    boolean giveUpSilent(long nowNanos) {
        List<Loan> silent = new ArrayList<>(loans.values());
        silent.removeIf(loan -> nowNanos - loan.askedNanos < timeoutNanos);
        loans.values().removeAll(silent);
        silent.forEach(loan -> deleteIfUnused(loan.snapshot));
        return !silent.isEmpty();
    }

    private void deleteIfUnused(Snapshot snapshot) {
        boolean isLent = loans.values().stream().anyMatch(loan -> loan.snapshot.slot() == snapshot.slot());
        if (snapshot.slot() != newestSlot() && !isLent) {
            outbox.task(new SnapshotTask.Delete(snapshot));
        }
    }
}
