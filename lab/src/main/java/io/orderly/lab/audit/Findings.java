package io.orderly.lab.audit;

import java.util.ArrayList;
import java.util.List;

/** What an invariant finds broken. */
public final class Findings {

    private final String invariant;
    private final List<Violation> violations = new ArrayList<>();

    Findings(String invariant) {
        this.invariant = invariant;
    }

    /**
     * @param subject what it is about; its text is its id
     * @param what a phrase that goes on where the subject ends, with the arguments put into it
     */
    public void add(Object subject, String what, Object... arguments) {
        violations.add(new Violation(invariant, subject.toString(), what.formatted(arguments)));
    }

    List<Violation> violations() {
        return violations;
    }
}
