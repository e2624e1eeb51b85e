package io.orderly.lab.load;

/** Told of each request as it goes; from many threads. Times are those of {@link System#nanoTime}. */
public interface LoadObserver {

    /** One that is not curious. */
    LoadObserver NONE = new LoadObserver() {};

    /** A request was sent that should have been sent then. */
    default void sent(long intendedNanos) {}

    /** The request that should have been sent then has been accepted. */
    default void accepted(long intendedNanos, long atNanos) {}

    /** The request that should have been sent then got no answer, or none that lasts; it is sent again if there is patience. */
    default void turnedAway(long intendedNanos) {}

    /** What was asked for has come to something. */
    default void ended(OrderOutcome outcome, long intendedNanos, long atNanos) {}
}
