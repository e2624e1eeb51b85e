package io.orderly.coordinator.simulation;

import java.util.Locale;
import java.util.Map;

/** The kinds of faults that a simulation injects. */
public enum FaultKind {
    /** The process crashes; data that was not synced is lost. */
    CRASH,
    /** The process crashes during a write; any part of the data that was not synced may be on disk. */
    TORN_WRITE,
    /** A bit of a file flips while the process is down. */
    BIT_FLIP,
    /** A bit of a file flips while the process runs; it is noticed only when the file is read again. */
    BIT_ROT,
    SLOW_DISK,
    /** A sync takes very long. */
    HUNG_DISK,
    FULL_DISK,
    /** A sync fails, and it is unknown what is on disk. */
    FAILED_SYNC,
    /** The disk is lost; a new node replaces the old one. */
    LOST_DISK,
    LOSS,
    DELAY,
    DUPLICATION,
    REORDERING,
    PARTITION,
    ONE_WAY_PARTITION,
    /** A node's clock runs fast or slow. */
    CLOCK_DRIFT,
    /** A process is paused, as by a signal or a garbage collection. */
    PAUSE,
    LEADER_TRANSFER,
    MEMBERSHIP_CHANGE,
    /** A snapshot is taken and the log below it dropped; not injected, but counted. */
    COMPACTION,
    /** A node applies only a few entries in each turn, so that decided ones wait. */
    SLOW_STATE_MACHINE;

    /** @return how many of these were injected */
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
