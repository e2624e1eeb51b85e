package io.orderly.coordinator.consensus;

/** On whose behalf something is asked of a replica. */
public enum Origin {

    /** What is under way for clients is bounded. */
    CLIENT,

    /**
     * The node's own business: ends and renewals of leases, bounds of timestamps. It is not refused for want of room, so that clients
     * who fill all there is keep none of it out. Who asks bounds how much of it is under way.
     */
    NODE
}
