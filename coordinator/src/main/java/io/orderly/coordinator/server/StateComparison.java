package io.orderly.coordinator.server;

import io.orderly.coordinator.consensus.NodeId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Compares the state of this node with those of the others, as they tell their hashes. Equal logs lead to equal states, so a difference
 * means that memory, a disk or the program has failed.
 *
 * <p>States are compared after the same slot. So each node keeps the hashes of its states after every {@value #INTERVAL}th slot, and
 * tells the newest of them; while nothing is applied, that of its current state. A hash of a slot that this node has not applied yet is
 * kept until it has.
 *
 * <p>The last comparison with a node counts, until it is no member any more or this node starts again.
 */
final class StateComparison {

    /** Of the slots whose hash is kept. */
    static final int INTERVAL = 64;

    /** How many hashes are kept: those of the last 65,536 slots, which are more than a node that is well can lag. */
    private static final int KEPT = 1_024;

    private final long[] slots = new long[KEPT];
    private final long[] hashes = new long[KEPT];

    /** What others have told of slots that are not applied here; the oldest of each, so that a node which always lags compares too. */
    private final Map<NodeId, StateHash> ahead = new HashMap<>();

    /** By node, whether the last comparison found the same state. */
    private final Map<NodeId, Boolean> isEqual = new HashMap<>();

    private long appliedWhenTold = -1;
    private long comparisons;

    /** @param hash of the state after this slot, if it is needed */
    void applied(long slot, LongSupplier hash) {
        if (slot % INTERVAL == 0) {
            slots[placeOf(slot)] = slot;
            hashes[placeOf(slot)] = hash.getAsLong();
        }
        if (!ahead.isEmpty()) {
            compareReached(slot, hash);
        }
    }

    private static int placeOf(long slot) {
        return (int) (slot / INTERVAL % KEPT);
    }

    private void compareReached(long applied, LongSupplier hash) {
        ahead.entrySet().removeIf(told -> {
            if (told.getValue().slot() > applied) {
                return false;
            }
            compare(told.getKey(), told.getValue(), applied, hash);
            return true;
        });
    }

    /** The state was replaced by that of a snapshot. */
    void restored() {
        Arrays.fill(slots, 0);
    }

    /**
     * What to tell the others, at intervals.
     *
     * @param applied the slot of the current state, and its hash if it is needed
     */
    StateHash next(long applied, LongSupplier hash) {
        boolean isIdle = applied == appliedWhenTold;
        appliedWhenTold = applied;
        long newest = applied - applied % INTERVAL;
        return !isIdle && isKept(newest)
                ? new StateHash(newest, hashes[placeOf(newest)])
                : new StateHash(applied, hash.getAsLong());
    }

    /** @param applied the slot of the current state of this node, and its hash if it is needed */
    void told(NodeId from, StateHash told, long applied, LongSupplier hash) {
        if (told.slot() > applied) {
            ahead.putIfAbsent(from, told);
        } else {
            compare(from, told, applied, hash);
        }
    }

    /** A slot whose hash is not kept is not compared. */
    private void compare(NodeId from, StateHash told, long applied, LongSupplier hash) {
        long slot = told.slot();
        if (slot == applied) {
            compared(from, told.hash() == hash.getAsLong());
        } else if (isKept(slot)) {
            compared(from, told.hash() == hashes[placeOf(slot)]);
        }
    }

    private boolean isKept(long slot) {
        return slot > 0 && slots[placeOf(slot)] == slot;
    }

    private void compared(NodeId with, boolean equal) {
        comparisons++;
        isEqual.put(with, equal);
    }

    /** Only members count. */
    void retain(Collection<NodeId> members) {
        isEqual.keySet().retainAll(members);
        ahead.keySet().retainAll(members);
    }

    /** How many states were compared. */
    long comparisons() {
        return comparisons;
    }

    /**
     * The nodes whose state is not that of a majority of those that were compared, perhaps this one; without a majority, all that
     * differ and this one. Empty if all are equal.
     */
    Set<NodeId> differing(NodeId self) {
        SortedSet<NodeId> others = new TreeSet<>();
        isEqual.forEach((node, equal) -> {
            if (!equal) {
                others.add(node);
            }
        });
        int withThis = 1 + isEqual.size() - others.size();
        if (others.isEmpty() || withThis > others.size()) {
            return Collections.unmodifiableSortedSet(others);
        }
        if (withThis < others.size()) {
            return Set.of(self);
        }
        others.add(self);
        return Collections.unmodifiableSortedSet(others);
    }
}
