package io.orderly.coordinator.simulation;

import java.util.Locale;
import java.util.Map;

/** What a simulation does to its cluster, besides time and chance. */
public enum FaultKind {
    /** The process dies; what was not synced is lost. */
    CRASH,
    /** The process dies while it writes; of what was not synced, any part may be on disk. */
    TORN_WRITE,
    /** A bit of a file flips while the process is down. */
    BIT_FLIP,
    /** A bit of a file flips while the process runs, which does not look at the file again until it has a reason to. */
    BIT_ROT,
    SLOW_DISK,
    /** A sync does not come back, and then does. */
    HUNG_DISK,
    FULL_DISK,
    /** A sync fails, and nobody knows what it left on disk. */
    FAILED_SYNC,
    /** The disk is gone; a new node takes the place of the old one. */
    LOST_DISK,
    LOSS,
    DELAY,
    DUPLICATION,
    REORDERING,
    PARTITION,
    ONE_WAY_PARTITION,
    /** A node's clock runs fast or slow. */
    CLOCK_DRIFT,
    /** A process stands still and then goes on, as one that is stopped or collects garbage. */
    PAUSE,
    LEADER_TRANSFER,
    MEMBERSHIP_CHANGE,
    /** A snapshot is taken and the log below it dropped; not injected, but counted as it happens. */
    COMPACTION;

    /** @return how many of these were injected, and did not just happen */
    public static int injected(Map<FaultKind, Integer> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getKey() != COMPACTION)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
