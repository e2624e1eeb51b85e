package io.orderly.coordinator.simulation;

import java.util.Locale;

/** What is counted in a run. */
public enum Figure {
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
    STEPS,
    VIRTUAL_SECONDS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
