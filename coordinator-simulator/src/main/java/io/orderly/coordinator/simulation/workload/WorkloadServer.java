package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.node.StateMachine;
import io.orderly.coordinator.server.StateHash;
import java.util.Optional;
import java.util.Set;

/** The server on a node above consensus, for one process life: the replicated state, and the requests of clients. */
public interface WorkloadServer extends StateMachine<Object> {

    /** Equal on two nodes that have applied the same entries. */
    long fingerprint();

    /** This is the first node that has applied the last entry. */
    void decided();

    /** What the node tells the others of its state; empty if it tells nothing. */
    default Optional<StateHash> stateHash() {
        return Optional.empty();
    }

    /** Another node has told the hash of its state. */
    default void compare(NodeId from, StateHash told) {}

    /** The nodes whose state is found to differ. */
    default Set<NodeId> differing() {
        return Set.of();
    }

    /** Time has passed on the node. */
    default void tick() {}

    /** The node took a step; its role may have changed. */
    default void stepped() {}
}
