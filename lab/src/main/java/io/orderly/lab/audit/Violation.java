package io.orderly.lab.audit;

/**
 * A violation of an invariant.
 *
 * @param invariant the name of the invariant
 * @param subject the id of the affected order, request, SKU, account or table
 * @param what a human-readable phrase that continues after the subject
 */
public record Violation(String invariant, String subject, String what) {

    @Override
    public String toString() {
        return "%s: %s %s".formatted(invariant, subject, what);
    }
}
