package io.orderly.lab.bench.coordinator;

/** The request that a client of a closed loop repeats. */
@FunctionalInterface
interface Load {

    /**
     * Sends one request. Called on the event loop.
     *
     * @param client from 0
     * @param outcome called once, on the event loop
     */
    void send(int client, Outcome outcome);

    /** Receives the outcome of a request. */
    interface Outcome {

        void answered();

        void failed(Throwable reason);
    }
}
