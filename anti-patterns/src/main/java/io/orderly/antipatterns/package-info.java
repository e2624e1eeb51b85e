/**
 * Anti-patterns, each implemented as well as possible, for a service that has this module on its class path. The
 * services and the kit do not depend on it: it replaces some of their beans or adds others.
 *
 * <p>Anti-patterns with endpoints of their own are always available. Those that change a whole service are switched on
 * by name in {@code orderly.anti-patterns}; none is on by default.
 */
@NullMarked
package io.orderly.antipatterns;

import org.jspecify.annotations.NullMarked;
