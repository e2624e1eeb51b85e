package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node, as the server on it sees it. */
public interface NodeAccess {

    /** Told at most once; never before the call that asked has returned, and not at all if the process dies. */
    @FunctionalInterface
    interface Listener {

        /** @param result of {@link ReplicaOutcome.Applied} alone */
        void hear(ReplicaOutcome outcome, @Nullable Object result);
    }

    NodeId id();

    Status status();

    /** Of the node's monotonic clock, which may run fast or slow. */
    long nowNanos();

    void propose(byte[] command, Origin origin, Listener listener);

    /** Asks when a linearizable read may look at the state. */
    void read(Origin origin, Listener listener);

    /** Notes what the server does. */
    void trace(Supplier<?> what);
}
