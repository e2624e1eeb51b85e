package io.orderly.lab.audit;

import io.orderly.contracts.Printable;
import java.util.ArrayList;
import java.util.List;

/** What an invariant finds broken. */
public final class ViolationCollector {

    private static final int LONGEST_SUBJECT = 100;
    private static final int LONGEST_PHRASE = 1_000;

    private final String invariant;
    private final List<Violation> violations = new ArrayList<>();

    ViolationCollector(String invariant) {
        this.invariant = invariant;
    }

    /**
     * @param subject what it is about; its text is its id
     * @param what a phrase that goes on where the subject ends, with the arguments put into it; like the subject it is
     *     made printable
     */
    public void add(Object subject, String what, Object... arguments) {
        violations.add(new Violation(
                invariant,
                Printable.of(subject.toString(), LONGEST_SUBJECT),
                Printable.of(what.formatted(arguments), LONGEST_PHRASE)));
    }

    List<Violation> violations() {
        return violations;
    }
}
