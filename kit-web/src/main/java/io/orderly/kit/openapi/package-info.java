/**
 * Derives the OpenAPI description of every service from its types, without annotations: which fields are required, the
 * schemas of values, the discriminators of sealed types, and the service's name and version.
 *
 * <p>The description is created on the first request for it. The tests of all services validate every response against it.
 */
@NullMarked
package io.orderly.kit.openapi;

import org.jspecify.annotations.NullMarked;
