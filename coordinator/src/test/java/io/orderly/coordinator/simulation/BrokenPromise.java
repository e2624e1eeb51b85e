package io.orderly.coordinator.simulation;

/** Ends a run. */
public final class BrokenPromise extends RuntimeException {

    private final transient Violation violation;

    BrokenPromise(Phase phase, String promise, String detail) {
        super(promise + ": " + detail);
        violation = new Violation(phase, promise, detail);
    }

    public static BrokenPromise safety(String promise, String detail) {
        return new BrokenPromise(Phase.SAFETY, promise, detail);
    }

    Violation violation() {
        return violation;
    }
}
