package io.orderly.coordinator.simulation;

import java.util.Locale;

/** What is counted in a run. */
public enum RunMetric {
    OPERATIONS_CHECKED,
    OPERATIONS_UNANSWERED,
    LEADERS_ELECTED,
    ENTRIES_ADOPTED,
    TAILS_CUT,
    SLOTS_REPAIRED,
    SNAPSHOTS_SENT,
    MEMBERS_CHANGED,
    SESSION_COMMANDS,
    SESSIONS_LOST,
    LEASES_EXPIRED,
    LOCKS_ACQUIRED,
    /** Somebody used what a lock guards after its lease had ended, and before it noticed. */
    OVERLAPPING_BELIEFS,
    STALE_TOKENS_REFUSED,
    WATCH_DELIVERIES,
    WATCHES_COMPACTED,
    TIMESTAMP_RANGES,
    /** The longest time in one run, while nothing stood in the way of a leader. */
    MOST_MILLIS_LEADERLESS,
    STEPS,
    VIRTUAL_SECONDS;

    /** What two runs, or two parts of one, come to together. */
    public long merge(long one, long other) {
        return this == MOST_MILLIS_LEADERLESS ? Math.max(one, other) : one + other;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
