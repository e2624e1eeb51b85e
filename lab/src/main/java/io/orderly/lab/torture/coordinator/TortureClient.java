package io.orderly.lab.torture.coordinator;

/** A client that repeats its operations until the run ends. */
@FunctionalInterface
interface TortureClient {

    /** One round of operations, which ends in bounded time. */
    void step() throws InterruptedException;
}
