/**
 * What the OpenAPI description of every service says by itself, so that it is true without annotations: which fields are
 * always there, what a value looks like, how the kinds of a sealed type are told apart, and which service it is about.
 *
 * <p>The description is made when it is first asked for. The tests of all services hold every answer against it.
 */
@NullMarked
package io.orderly.kit.openapi;

import org.jspecify.annotations.NullMarked;
