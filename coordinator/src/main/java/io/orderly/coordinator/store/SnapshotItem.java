package io.orderly.coordinator.store;

/** What a snapshot is made of, in this order; the events of a revision follow it. */
enum SnapshotItem {
    SCALARS,
    KEY,
    REVISION,
    PUT,
    DELETED,
    LEASE,
    SESSION,
    END;

    static final int VERSION = 1;
}
