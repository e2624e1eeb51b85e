package io.orderly.coordinator.simulation.store;

/** Clients of one kind. */
interface ClientGroup {

    /** @param clients at a time */
    void start(int clients);

    /** Those that were idle go on. */
    void allow(int moreOperations);

    int answered();

    int unanswered();

    /** @return what they wait for, or what they miss, though no fault stands in the way; empty if nothing */
    String missing();

    /** Nothing is on its way any more. */
    default void settle() {}
}
