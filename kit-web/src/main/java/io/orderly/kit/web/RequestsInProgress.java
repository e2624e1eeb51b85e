package io.orderly.kit.web;

/** The number of requests that this instance is processing now; without those to the actuator. Thread-safe. */
@FunctionalInterface
public interface RequestsInProgress {

    /** From 0. */
    int count();
}
