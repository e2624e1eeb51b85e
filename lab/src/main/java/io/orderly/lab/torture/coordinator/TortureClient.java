package io.orderly.lab.torture.coordinator;

/** A client that goes on until the run ends. */
@FunctionalInterface
interface TortureClient {

    /** One round of what it does, which ends in bounded time. */
    void step() throws InterruptedException;
}
