package io.orderly.order.intake;

/**
 * Why a draft cannot be accepted.
 *
 * @param field where in the draft, such as {@code lines[0].sku}
 * @param what a phrase for people
 */
public record Flaw(String field, String what) {}
