package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.List;

/** What a candidate has been told about each slot above its commit index, and which value it must propose there. */
final class Adoption {

    private final Rules rules;
    private final List<Entry> best = new ArrayList<>();
    private long commit;

    Adoption(Rules rules, long commit) {
        this.rules = rules;
        this.commit = commit;
    }

    /** Takes entries from ascending slots, which must not leave a hole behind what is known. */
    void offer(List<Entry> entries) {
        for (Entry entry : entries) {
            offer(entry);
        }
    }

    void offer(Entry entry) {
        if (entry.slot() <= commit) {
            return;
        }
        int index = (int) (entry.slot() - commit - 1);
        Invariant.LOG_IS_CONTIGUOUS.check(
                index <= best.size(), () -> "%s is offered behind slot %d".formatted(entry, last()));
        if (index == best.size()) {
            best.add(entry);
        } else {
            best.set(index, rules.adopt(best.get(index), entry));
        }
    }

    /** A snapshot took these slots off the candidate's shoulders. */
    void decidedThrough(long slot) {
        if (slot > commit) {
            best.subList(0, (int) Math.min(slot - commit, best.size())).clear();
            commit = slot;
        }
    }

    /** In order of slots, from the first above the commit index on. */
    List<Entry> entries() {
        return best;
    }

    long last() {
        return commit + best.size();
    }
}
