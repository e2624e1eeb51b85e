package io.orderly.coordinator.consensus;

/** A replica found itself in a state that must not be: a bug, or a disk that lied. Going on could destroy decided data. */
public final class InvariantViolation extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final Invariant invariant;

    InvariantViolation(Invariant invariant, String details) {
        super(invariant + ": " + details);
        this.invariant = invariant;
    }

    /** Which one does not hold. */
    public Invariant invariant() {
        return invariant;
    }
}
