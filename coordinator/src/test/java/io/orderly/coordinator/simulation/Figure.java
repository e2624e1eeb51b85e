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
    STEPS,
    VIRTUAL_SECONDS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
