package io.orderly.lab.audit;

/**
 * Something that should not be.
 *
 * @param invariant the name of what it breaks
 * @param subject the id of the order, request, SKU, account or table that it is about
 * @param what a phrase for people
 */
public record Violation(String invariant, String subject, String what) {

    @Override
    public String toString() {
        return "%s: %s %s".formatted(invariant, subject, what);
    }
}
