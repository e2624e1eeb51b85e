package io.orderly.coordinator.consensus;

/**
 * A replica is in a state that must not occur: a bug, or a disk that acknowledged a write it did not make. To continue could
 * destroy decided data.
 */
public final class InvariantViolation extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final Invariant invariant;

    InvariantViolation(Invariant invariant, String details) {
        super(invariant + ": " + details);
        this.invariant = invariant;
    }

    /** The invariant that is violated. */
    public Invariant invariant() {
        return invariant;
    }
}
