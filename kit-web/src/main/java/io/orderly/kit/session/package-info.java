/**
 * Sessions: what a client has seen of the catalogue, carried from response to request, so that a client never sees something older at another
 * instance, of the same service or of another one.
 *
 * <p>Changes of products have ascending numbers, the revisions of the catalogue. A response carries the highest revision that the client
 * has seen so far; an instance that may be behind it reads from the database, waits, or refuses with 503. A controller takes a
 * {@link io.orderly.kit.session.Session} as a parameter.
 */
@NullMarked
package io.orderly.kit.session;

import org.jspecify.annotations.NullMarked;
