/**
 * How every service answers over HTTP: requests are read strictly and within limits, and whatever cannot be done is said
 * as a problem detail (RFC 9457) that names the offending field, also where the request never reached a controller.
 *
 * <p>A controller refuses by throwing a {@link io.orderly.kit.web.ProblemException}. What a request record may look like is
 * read from the record itself: a component is required unless it is {@code @Nullable}, and what its constructor rejects
 * with an {@link java.lang.IllegalArgumentException} is a 400 with that exception's sentence at the field.
 */
@NullMarked
package io.orderly.kit.web;

import org.jspecify.annotations.NullMarked;
