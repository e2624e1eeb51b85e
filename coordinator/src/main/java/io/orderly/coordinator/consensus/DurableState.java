package io.orderly.coordinator.consensus;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The durable state of a node when it starts: the write-ahead log and the newest snapshot.
 *
 * <p>The slots of {@code entries} and {@code corrupt} together are those from {@code lowWaterMark + 1} on without a gap. If
 * the newest snapshot is beyond all of them or beyond the commit mark, the node may have crashed between writing the snapshot and
 * marking the log, and the replica drops those up to the snapshot. The caller restores its state machine from the snapshot before it passes this to the replica; all decided
 * entries after the snapshot come out as {@link Effects#apply()} again.
 *
 * <p>If the promise cannot be read there is no durable state, and the node must not start.
 *
 * @param promised the highest promise; {@link Ballot#ZERO} if none was made
 * @param lowWaterMark slots up to this one are no longer in the log; 0 if all are
 * @param commitMark the highest mark that was read; it may be lower than the commit index before the crash; 0 if there is none
 * @param entries by slot, ascending
 * @param corrupt slots with an accepted entry that can no longer be read, and perhaps some without one: what cannot be
 *     distinguished counts as corrupt. With each slot the ballot of its entry, or an upper bound of it
 * @param snapshot the newest, checked and complete; null if there is none, and then the low-water mark is 0
 * @param initialMembership the members that decide slot 1, as given when the folder was created; {@link Membership#UNKNOWN} for a
 *     node that joins a running cluster
 */
public record DurableState(
        Ballot promised,
        long lowWaterMark,
        long commitMark,
        List<Entry> entries,
        SortedMap<Long, Ballot> corrupt,
        @Nullable Snapshot snapshot,
        Membership initialMembership) {

    /** @throws IllegalArgumentException if the parts are inconsistent; a node must not start from such a state */
    public DurableState {
        entries = List.copyOf(entries);
        corrupt = Collections.unmodifiableSortedMap(new TreeMap<>(corrupt));
        if (lowWaterMark < 0 || commitMark < 0) {
            throw new IllegalArgumentException(
                    "negative mark: low-water %d, commit %d".formatted(lowWaterMark, commitMark));
        }
        if (lowWaterMark > (snapshot == null ? 0 : snapshot.slot())) {
            throw new IllegalArgumentException(
                    "the log starts after slot %d, which %s does not cover".formatted(lowWaterMark, snapshot));
        }
        SortedSet<Long> slots = new TreeSet<>(corrupt.keySet());
        for (Entry entry : entries) {
            if (!slots.add(entry.slot())) {
                throw new IllegalArgumentException("slot %d occurs twice".formatted(entry.slot()));
            }
            if (entry.ballot().compareTo(promised) > 0) {
                throw new IllegalArgumentException("%s lies above the promise %s".formatted(entry, promised));
            }
        }
        for (Ballot ballot : corrupt.values()) {
            if (ballot.compareTo(promised) > 0) {
                throw new IllegalArgumentException(
                        "a lost entry of %s lies above the promise %s".formatted(ballot, promised));
            }
        }
        long end = Math.max(lowWaterMark + slots.size(), snapshot == null ? 0 : snapshot.slot());
        if (commitMark > end) {
            throw new IllegalArgumentException(
                    "slots up to %d were decided here, and the log ends at %d".formatted(commitMark, end));
        }
        if (!slots.isEmpty() && (slots.first() != lowWaterMark + 1 || slots.last() != lowWaterMark + slots.size())) {
            throw new IllegalArgumentException("slots %d to %d, %d of them, do not continue low-water mark %d"
                    .formatted(slots.first(), slots.last(), slots.size(), lowWaterMark));
        }
    }

    /** The slots with corrupt entries. */
    public SortedSet<Long> corruptSlots() {
        return new TreeSet<>(corrupt.keySet());
    }

    /** The state of a node that never ran. */
    public static DurableState empty(Membership initialMembership) {
        return new DurableState(Ballot.ZERO, 0, 0, List.of(), new TreeMap<>(), null, initialMembership);
    }
}
