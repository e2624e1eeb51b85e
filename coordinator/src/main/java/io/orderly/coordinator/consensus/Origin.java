package io.orderly.coordinator.consensus;

/** The origin of a request to a replica. */
public enum Origin {

    /** A client. The number of its pending requests is bounded. */
    CLIENT,

    /**
     * The node itself: ends and renewals of leases, bounds of timestamps. Such requests are not refused as overload, so that
     * clients cannot block them. The component that makes them bounds their number.
     */
    NODE
}
