package io.orderly.coordinator.simulation;

import java.util.Locale;

/** What a cluster can be used for. */
public enum WorkloadKind {
    /** Numbers under keys, replicated by a state machine of a few lines: it is consensus that is tried. */
    MAP,
    /** Compare, then, else: on small groups of keys of the store. */
    TRANSACTIONS,
    SESSIONS,
    LEASES,
    LOCKS,
    WATCHES,
    TIMESTAMPS,
    /** All that the store has, at once. */
    ALL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
