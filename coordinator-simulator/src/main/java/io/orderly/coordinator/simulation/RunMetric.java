package io.orderly.coordinator.simulation;

import java.util.Locale;

/** A metric of a run. */
public enum RunMetric {
    OPERATIONS_CHECKED,
    OPERATIONS_UNANSWERED,
    LEADERS_ELECTED,
    ENTRIES_ADOPTED,
    TAILS_CUT,
    SLOTS_REPAIRED,
    SNAPSHOTS_SENT,
    SNAPSHOTS_OUT_OF_SPACE,
    MEMBERS_CHANGED,
    SESSION_COMMANDS,
    SESSIONS_LOST,
    LEASES_EXPIRED,
    LOCKS_ACQUIRED,
    /** A client acquired a lock while an earlier holder had not noticed the end of its lease. */
    OVERLAPPING_BELIEFS,
    STALE_TOKENS_REFUSED,
    WATCH_DELIVERIES,
    WATCHES_COMPACTED,
    TIMESTAMP_RANGES,
    /** The longest time without a leader in one run, while a leader was possible. */
    MOST_MILLIS_LEADERLESS,
    STEPS,
    VIRTUAL_SECONDS;

    /** Combines the metrics of two runs, or of two parts of a run. */
    public long merge(long one, long other) {
        return this == MOST_MILLIS_LEADERLESS ? Math.max(one, other) : one + other;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
