package io.orderly.coordinator.client;

import io.orderly.coordinator.store.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The lanes of a lease: as many as there are writes at the same time. They are deleted with the lease. Thread-safe.
 *
 * @see Lane
 */
final class Session {

    /** The keys under this prefix belong to clients; they are of no use to others. */
    static final String PREFIX = "orderly/sessions/";

    private final Lease lease;
    private final Deque<Lane> free = new ArrayDeque<>();
    private long lanes;

    Session(Lease lease) {
        this.lease = lease;
    }

    Lease lease() {
        return lease;
    }

    /** A lane for one write. */
    synchronized Lane take() {
        Lane lane = free.poll();
        if (lane != null) {
            return lane;
        }
        return new Lane(Bytes.utf8("%s%x/%x".formatted(PREFIX, lease.id(), ++lanes)), lease.id(), 0);
    }

    /**
     * Returns a lane whose write has taken effect. One with an unknown outcome, or without effect, is not returned: a late attempt
     * may still arrive.
     */
    synchronized void giveBack(Lane next) {
        free.push(next);
    }
}
