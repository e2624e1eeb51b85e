package io.orderly.coordinator.simulation.history;

/** The result of a check. */
public enum Linearizability {
    HOLDS,
    VIOLATED,
    /** The check gave up at its limit. */
    NOT_DECIDED
}
