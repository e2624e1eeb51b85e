package io.orderly.coordinator.simulation.store;

/** Clients of one kind of request. */
interface ClientGroup {

    /** @param clients at a time */
    void start(int clients);

    /** Lets idle clients continue. */
    void allow(int moreOperations);

    int answered();

    int unanswered();

    /** @return a description of pending operations although there is no fault; empty if there are none */
    String missing();

    /** No message is in flight any more. */
    default void settle() {}
}
