package io.orderly.coordinator.simulation;

import java.util.Locale;

/** The workloads of a cluster. */
public enum WorkloadKind {
    /** A minimal replicated map of numbers, to test consensus alone. */
    MAP,
    /** Compare, then, else: on small groups of keys of the store. */
    TRANSACTIONS,
    SESSIONS,
    LEASES,
    LOCKS,
    WATCHES,
    TIMESTAMPS,
    /** Users, roles and permissions, which change while commands of users are executed. */
    USERS,
    /** All workloads of the store at once, except that of the users: most of their commands would be refused. */
    ALL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
