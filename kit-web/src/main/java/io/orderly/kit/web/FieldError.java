package io.orderly.kit.web;

/**
 * What is wrong with one part of a request.
 *
 * @param field where it is: a path into the body such as {@code lines[0].quantity}, or the name of a parameter or header
 * @param detail what is wrong with it, a phrase for people such as {@code must be at least 1}
 */
public record FieldError(String field, String detail) {}
