package io.orderly.order.placement;

/**
 * Why a draft cannot be accepted.
 *
 * @param field where in the draft, such as {@code lines[0].sku}
 * @param message a phrase for people
 */
public record Violation(String field, String message) {}
