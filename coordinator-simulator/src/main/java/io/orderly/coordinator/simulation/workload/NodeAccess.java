package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node, as used by the server on it. */
public interface NodeAccess {

    /** Called at most once, never before the call that passed it has returned, and not at all if the process ends. */
    @FunctionalInterface
    interface Listener {

        /** @param result the result of {@link ReplicaOutcome.Applied}; null for other outcomes */
        void completed(ReplicaOutcome outcome, @Nullable Object result);
    }

    NodeId id();

    Status status();

    /** The node's monotonic clock, which may run fast or slow. */
    long nowNanos();

    void propose(byte[] command, Origin origin, Listener listener);

    /** Requests a linearizable read. */
    void read(Origin origin, Listener listener);

    /** Adds a line to the trace. */
    void trace(Supplier<?> what);
}
