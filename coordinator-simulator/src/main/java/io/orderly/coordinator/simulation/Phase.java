package io.orderly.coordinator.simulation;

/** The phase of a run in which a violation shows. */
public enum Phase {
    /** A safety property is violated. */
    SAFETY,
    /** The faults are over, and progress does not return. */
    PROGRESS
}
