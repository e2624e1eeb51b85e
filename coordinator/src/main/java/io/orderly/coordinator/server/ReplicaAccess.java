package io.orderly.coordinator.server;

import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.node.OutcomeListener;
import io.orderly.coordinator.store.StoreResponse;

/**
 * The replica of this node, as the services above it use it.
 *
 * <p>A listener is called at most once, and never before the call that passed it has returned. It is not called at all if the process
 * ends first.
 */
public interface ReplicaAccess {

    Status status();

    /** The node's monotonic clock, with any origin. */
    long nowNanos();

    /**
     * Proposes a command.
     *
     * @param command as encoded by {@link io.orderly.coordinator.store.CommandCodec}
     */
    void propose(byte[] command, Origin origin, OutcomeListener<StoreResponse> listener);

    /** Requests a linearizable read. The listener may read the state when the outcome is {@code Readable}. */
    void read(Origin origin, OutcomeListener<StoreResponse> listener);
}
