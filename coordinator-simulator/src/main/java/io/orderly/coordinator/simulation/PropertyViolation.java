package io.orderly.coordinator.simulation;

/** Ends a run, because a property is violated. */
public final class PropertyViolation extends RuntimeException {

    private final transient Violation violation;

    PropertyViolation(Phase phase, String property, String detail) {
        super(property + ": " + detail);
        violation = new Violation(phase, property, detail);
    }

    public static PropertyViolation safety(String property, String detail) {
        return new PropertyViolation(Phase.SAFETY, property, detail);
    }

    Violation violation() {
        return violation;
    }
}
