package io.orderly.order.placement;

/**
 * A reason why a draft cannot be accepted.
 *
 * @param field the path of the field in the draft, such as {@code lines[0].sku}
 * @param message a predicate of which the field is the subject, for humans, such as {@code is not in the catalogue}
 */
public record Violation(String field, String message) {}
