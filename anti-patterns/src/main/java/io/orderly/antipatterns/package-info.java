/**
 * Well-known wrong ways, each in its best reasonable form, for a service that has this module on its class path. The services and
 * the kit know nothing of it: it takes the place of beans of theirs, or stands beside them.
 *
 * <p>The ways that clients call are there at once. Those that a service goes as a whole are switched on by
 * {@code orderly.anti-patterns}, which names them; none is on by default.
 */
@NullMarked
package io.orderly.antipatterns;

import org.jspecify.annotations.NullMarked;
