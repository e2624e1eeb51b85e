/**
 * The HTTP interface of every service: requests are parsed strictly and within limits, and every error is a problem detail
 * (RFC 9457) that names the invalid field, even if the request did not reach a controller.
 *
 * <p>A controller refuses a request by throwing a {@link io.orderly.kit.web.ProblemException}. Request bodies are validated
 * by their records: a component is required unless it is {@code @Nullable}, and an
 * {@link java.lang.IllegalArgumentException} of the constructor is a 400 with the exception's message as the detail of the
 * field.
 */
@NullMarked
package io.orderly.kit.web;

import org.jspecify.annotations.NullMarked;
