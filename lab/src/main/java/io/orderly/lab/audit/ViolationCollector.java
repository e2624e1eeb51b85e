package io.orderly.lab.audit;

import io.orderly.contracts.Printable;
import java.util.ArrayList;
import java.util.List;

/** Collects the violations of an invariant. */
public final class ViolationCollector {

    private static final int MAX_SUBJECT_LENGTH = 100;
    private static final int MAX_PHRASE_LENGTH = 1_000;

    private final String invariant;
    private final List<Violation> violations = new ArrayList<>();

    ViolationCollector(String invariant) {
        this.invariant = invariant;
    }

    /**
     * @param subject the affected object; its string representation is its id
     * @param what a format string for a phrase that continues after the subject; the result is made printable, like the
     *     subject
     */
    public void add(Object subject, String what, Object... arguments) {
        violations.add(new Violation(
                invariant,
                Printable.of(subject.toString(), MAX_SUBJECT_LENGTH),
                Printable.of(what.formatted(arguments), MAX_PHRASE_LENGTH)));
    }

    List<Violation> violations() {
        return violations;
    }
}
