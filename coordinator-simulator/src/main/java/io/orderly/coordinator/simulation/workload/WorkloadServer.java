package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.node.StateMachine;

/** What runs on a node above consensus for as long as its process lives: the replicated state, and what serves clients from it. */
public interface WorkloadServer extends StateMachine<Object> {

    /** Equal on two nodes that have applied the same entries. */
    long fingerprint();

    /** No other node had applied the last entry before: now it is known what it does. */
    void decided();

    /** The node's clock went on. */
    default void tick() {}

    /** The node took a step; its role may be another now. */
    default void stepped() {}
}
