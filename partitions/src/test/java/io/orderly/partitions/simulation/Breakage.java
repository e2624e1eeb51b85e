package io.orderly.partitions.simulation;

/** Leaves out one of the rules that make partitions safe; the simulation has to notice each. */
enum Breakage {
    NONE,
    /** The database accepts each token. */
    TOKEN_NOT_CHECKED,
    /** An owner does not stop when its lease is over. */
    LEASE_NOT_CHECKED,
    /** A partition that is leaving is given away before its owner has stopped. */
    RELEASE_NOT_AWAITED,
    /** The members are read at an earlier revision than the map. */
    MEMBERS_READ_EARLIER
}
