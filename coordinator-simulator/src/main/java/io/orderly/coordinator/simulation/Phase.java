package io.orderly.coordinator.simulation;

/** Where a mistake shows. */
public enum Phase {
    /** Something happened that must never happen. */
    SAFETY,
    /** Faults are over, and what must happen does not. */
    PROGRESS
}
