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
 * What the promises report about each slot above the candidate's commit index, and which value it must propose there.
 *
 * <p>A node whose entry in a slot is corrupt does not count for that slot, unless an entry with the same or a higher ballot is
 * known. So each slot needs a quorum of its own.
 */
final class Adoption {

    private final Rules rules;

    /** For each slot above the commit index, the entry with the highest ballot; null if none was reported. */
    private final List<@Nullable Entry> best = new ArrayList<>();

    /** By slot and node, the ballots of corrupt entries. */
    private final SortedMap<Long, Map<NodeId, Ballot>> corrupt = new TreeMap<>();

    /** By node, the slot up to which its entries are the decided ones, except corrupt ones. */
    private final Map<NodeId, Long> decided = new HashMap<>();

    private long commit;

    Adoption(Rules rules, long commit) {
        this.rules = rules;
        this.commit = commit;
    }

    /**
     * A node reports what it accepted in consecutive slots.
     *
     * @param first must continue the slots that are known
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

    /** The candidate has installed a snapshot that contains these slots. */
    void decidedThrough(long slot) {
        if (slot > commit) {
            best.subList(0, (int) Math.min(slot - commit, best.size())).clear();
            corrupt.headMap(slot + 1).clear();
            commit = slot;
        }
    }

    /** The only entry that can be decided in a slot above the commit index; null if there is none. */
    @Nullable Entry get(long slot) {
        return best.get(index(slot));
    }

    /** The last slot in which any node accepted something; the commit index if there is none above it. */
    long last() {
        return commit + best.size();
    }

    /**
     * Whether enough is known about a slot to propose the value of {@link #get}, or any value if there is none.
     *
     * @param voters that decide the slot
     * @param hasReported a node has reported everything that it accepted
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

    /** All slots above the commit index in order. A slot in which nothing can have been decided gets a no-op. */
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
