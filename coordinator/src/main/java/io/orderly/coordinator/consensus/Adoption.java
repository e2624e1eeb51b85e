package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate has been told about each slot above its commit index, and which value it must propose there.
 *
 * <p>A node that has lost its entry of a slot tells nothing of that slot, unless a value is known that makes up for the loss. So each
 * slot needs its own quorum of nodes that tell.
 */
final class Adoption {

    private final Rules rules;

    /** Of each slot above the commit index, the entry with the highest ballot; null where none was told. */
    private final List<@Nullable Entry> best = new ArrayList<>();

    /** By slot and node, the ballots of entries that were lost. */
    private final SortedMap<Long, Map<NodeId, Ballot>> corrupt = new TreeMap<>();

    /** By node, up to where it has what is decided, but for what it has lost. */
    private final Map<NodeId, Long> decided = new HashMap<>();

    private long commit;

    Adoption(Rules rules, long commit) {
        this.rules = rules;
        this.commit = commit;
    }

    /**
     * A node tells what it accepted in consecutive slots.
     *
     * @param first must not leave a hole behind what is known
     * @param entries by slot
     * @param corruptEntries in the slots between
     * @param decidedUpTo every slot up to this one is decided
     */
    void offer(NodeId from, long first, List<Entry> entries, List<CorruptEntry> corruptEntries, long decidedUpTo) {
        long last = first + entries.size() + corruptEntries.size() - 1;
        Invariant.LOG_IS_CONTIGUOUS.check(
                first <= last() + 1, () -> "slots from %d are offered behind slot %d".formatted(first, last()));
        while (last() < last) {
            best.add(null);
        }
        decided.put(from, decidedUpTo);
        entries.forEach(this::offer);
        for (CorruptEntry one : corruptEntries) {
            if (one.slot() > commit) {
                corrupt.computeIfAbsent(one.slot(), _ -> new HashMap<>()).put(from, one.ballot());
            }
        }
    }

    private void offer(Entry entry) {
        if (entry.slot() > commit) {
            best.set(index(entry.slot()), rules.adopt(best.get(index(entry.slot())), entry));
        }
    }

    /** A snapshot took these slots off the candidate's shoulders. */
    void decidedThrough(long slot) {
        if (slot > commit) {
            best.subList(0, (int) Math.min(slot - commit, best.size())).clear();
            corrupt.headMap(slot + 1).clear();
            commit = slot;
        }
    }

    /** What may be decided in a slot above the commit index; null if nothing is known that may be. */
    @Nullable Entry get(long slot) {
        return best.get(index(slot));
    }

    /** The last slot in which any node accepted something; the commit index if there is none above it. */
    long last() {
        return commit + best.size();
    }

    /**
     * Whether enough is known of a slot to propose what {@link #get} says, or anything if that says nothing.
     *
     * @param voters who decide on the slot
     * @param hasReported a node has told all that it accepted
     */
    boolean isSettled(long slot, List<NodeId> voters, Predicate<NodeId> hasReported) {
        Map<NodeId, Ballot> corruptEntries = corrupt.getOrDefault(slot, Map.of());
        return corruptEntries.isEmpty()
                || decided.entrySet().stream()
                        .anyMatch(node -> node.getValue() >= slot
                                && hasReported.test(node.getKey())
                                && !corruptEntries.containsKey(node.getKey()))
                || rules.quorum()
                        .isReached(
                                voters, node -> hasReported.test(node) && reports(corruptEntries.get(node), get(slot)));
    }

    private boolean reports(@Nullable Ballot corruptBallot, @Nullable Entry known) {
        return corruptBallot == null || rules.supersedes(known, corruptBallot);
    }

    /** All slots above the commit index in order. One in which nothing can have been decided gets a no-op. */
    List<Entry> entriesUnder(Ballot ballot) {
        List<Entry> entries = new ArrayList<>(best.size());
        for (Entry entry : best) {
            entries.add(entry == null ? new Entry(commit + entries.size() + 1, ballot, new Payload.NoOp()) : entry);
        }
        return entries;
    }

    private int index(long slot) {
        return (int) (slot - commit - 1);
    }
}
