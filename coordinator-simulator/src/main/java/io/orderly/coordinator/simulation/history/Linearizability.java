package io.orderly.coordinator.simulation.history;

/** The result of a check. */
public enum Linearizability {
    HOLDS,
    VIOLATED,
    /** The check stopped at its limit. */
    NOT_DECIDED
}
