package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The accepted entries in memory: the slots from the low-water mark to the last, without holes. For a corrupt slot only its ballot
 * is known.
 */
final class SlotLog {

    private final List<@Nullable Entry> entries = new ArrayList<>();
    private final NavigableMap<Long, Ballot> corrupt;
    private long lowWaterMark;
    private long sizeInBytes;

    SlotLog(DurableState durable) {
        lowWaterMark = durable.lowWaterMark();
        corrupt = new TreeMap<>(durable.corrupt());
        int count = durable.entries().size() + corrupt.size();
        for (int i = 0; i < count; i++) {
            entries.add(null);
        }
        for (Entry entry : durable.entries()) {
            entries.set(index(entry.slot()), entry);
            sizeInBytes += entry.payload().sizeInBytes();
        }
    }

    long lowWaterMark() {
        return lowWaterMark;
    }

    long last() {
        return lowWaterMark + entries.size();
    }

    long sizeInBytes() {
        return sizeInBytes;
    }

    /** The entry of a slot; null if there is none, if it is corrupt, or if it was deleted. */
    @Nullable Entry get(long slot) {
        return slot > lowWaterMark && slot <= last() ? entries.get(index(slot)) : null;
    }

    /** As {@link #get}, for a slot that must have an entry. */
    Entry entry(long slot) {
        Entry entry = get(slot);
        Invariant.LOG_IS_CONTIGUOUS.check(
                entry != null, () -> "slot %d is not in (%d, %d]".formatted(slot, lowWaterMark, last()));
        return Objects.requireNonNull(entry);
    }

    /** The ballot of a slot, or for a corrupt one an upper bound. */
    Ballot ballotAtMost(long slot) {
        Ballot corruptBallot = corrupt.get(slot);
        return corruptBallot == null ? entry(slot).ballot() : corruptBallot;
    }

    SortedSet<Long> corruptSlots() {
        return corrupt.navigableKeySet();
    }

    /** @return whether this repaired a corrupt slot */
    boolean put(Entry entry) {
        long slot = entry.slot();
        Invariant.LOG_IS_CONTIGUOUS.check(
                slot > lowWaterMark && slot <= last() + 1,
                () -> "slot %d does not continue (%d, %d]".formatted(slot, lowWaterMark, last()));
        sizeInBytes += entry.payload().sizeInBytes();
        if (slot > last()) {
            entries.add(entry);
            return false;
        }
        Ballot before = ballotAtMost(slot);
        Invariant.OVERWRITE_BY_HIGHER_BALLOT.check(
                before.compareTo(entry.ballot()) <= 0, () -> "%s over ballot %s".formatted(entry, before));
        Entry old = entries.set(index(slot), entry);
        if (old == null) {
            return corrupt.remove(slot) != null;
        }
        Invariant.ONE_VALUE_PER_BALLOT.check(
                !old.ballot().equals(entry.ballot()) || old.equals(entry), () -> "%s over %s".formatted(entry, old));
        sizeInBytes -= old.payload().sizeInBytes();
        return false;
    }

    void cutAfter(long lastKept) {
        while (last() > lastKept) {
            forget(entries.removeLast());
        }
        corrupt.tailMap(lastKept, false).clear();
    }

    /** Drops all slots up to this one, which may be beyond the end. */
    void dropThrough(long slot) {
        if (slot <= lowWaterMark) {
            return;
        }
        List<@Nullable Entry> dropped = entries.subList(0, (int) Math.min(slot - lowWaterMark, entries.size()));
        dropped.forEach(this::forget);
        dropped.clear();
        corrupt.headMap(slot, true).clear();
        lowWaterMark = slot;
    }

    private void forget(@Nullable Entry entry) {
        if (entry != null) {
            sizeInBytes -= entry.payload().sizeInBytes();
        }
    }

    private int index(long slot) {
        return (int) (slot - lowWaterMark - 1);
    }
}
