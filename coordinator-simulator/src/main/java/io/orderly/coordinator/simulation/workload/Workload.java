package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.simulation.history.History;

/** The use of a cluster in one run, and the properties that it checks. */
public interface Workload {

    /** @return the server for one process life of a node, with an empty state */
    WorkloadServer server(NodeAccess node);

    /** The factor by which a node's clock may be faster or slower than real time. */
    double maxClockRate();

    /**
     * Starts clients; they are idle until {@link #allow} is called.
     *
     * @param clients at a time
     */
    void start(int clients);

    /** Lets idle clients continue. */
    void allow(int moreOperations);

    int answered();

    /** @return how many operations ended without a response */
    int unanswered();

    /** @return a description of pending operations although there is no fault; empty if there are none */
    String missing();

    /** No message is in flight any more: an operation that is not in the log never takes effect. */
    void settle();

    /** The history to be checked for linearizability; it may be empty. */
    History history();
}
