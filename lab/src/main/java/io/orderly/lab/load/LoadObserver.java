package io.orderly.lab.load;

/**
 * Observes the requests of a load generator. Called from several threads. Times are values of {@link System#nanoTime}.
 */
public interface LoadObserver {

    /** Ignores everything. */
    LoadObserver NONE = new LoadObserver() {};

    /**
     * A request was sent.
     *
     * @param intendedNanos its scheduled time
     */
    default void sent(long intendedNanos) {}

    /**
     * A request was accepted.
     *
     * @param intendedNanos its scheduled time
     */
    default void accepted(long intendedNanos, long atNanos) {}

    /**
     * A request failed with no response or a transient error; it is retried until the client's timeout expires.
     *
     * @param intendedNanos its scheduled time
     */
    default void turnedAway(long intendedNanos) {}

    /**
     * An order has an outcome.
     *
     * @param intendedNanos the scheduled time of its request
     */
    default void ended(OrderScenario scenario, OrderOutcome outcome, long intendedNanos, long atNanos) {}
}
