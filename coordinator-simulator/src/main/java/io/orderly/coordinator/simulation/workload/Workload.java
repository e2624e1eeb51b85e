package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.simulation.history.History;

/** What a cluster is used for in one run, and what it promises to those who use it. */
public interface Workload {

    /** @return what runs on a node, in one of its lives, with an empty state */
    WorkloadServer server(NodeAccess core);

    /** How many times as fast, or as slow, as true time a node's clock may run without a promise being void. */
    double maxClockRate();

    /**
     * Clients begin, and do nothing until they are {@linkplain #allow allowed} to.
     *
     * @param clients at a time
     */
    void start(int clients);

    /** Clients that were idle go on. */
    void allow(int moreOperations);

    int answered();

    /** @return how many operations ended without their clients being told */
    int unanswered();

    /** @return what clients still wait for, though no fault stands in the way; empty if nothing */
    String missing();

    /** Nothing is on its way any more: what is not in the log never will be. */
    void settle();

    /** What the checker of linearizability judges; it may be empty. */
    History history();
}
