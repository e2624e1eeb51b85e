package io.orderly.kit.web;

/**
 * An invalid part of a request.
 *
 * @param field the path of the part in the body, such as {@code lines[0].quantity}, or the name of a parameter or header
 * @param detail why it is invalid, a phrase such as {@code must be at least 1}
 */
public record FieldError(String field, String detail) {}
