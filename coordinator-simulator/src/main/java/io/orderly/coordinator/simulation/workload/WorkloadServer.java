package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.node.StateMachine;

/** The server on a node above consensus, for one process life: the replicated state, and the requests of clients. */
public interface WorkloadServer extends StateMachine<Object> {

    /** Equal on two nodes that have applied the same entries. */
    long fingerprint();

    /** This is the first node that has applied the last entry. */
    void decided();

    /** Time has passed on the node. */
    default void tick() {}

    /** The node took a step; its role may have changed. */
    default void stepped() {}
}
