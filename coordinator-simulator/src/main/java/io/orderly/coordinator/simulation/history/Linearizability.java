package io.orderly.coordinator.simulation.history;

/** What a check can end with. Not to know is neither of the others. */
public enum Linearizability {
    HOLDS,
    VIOLATED,
    /** The check gave up at its limit. */
    NOT_DECIDED
}
