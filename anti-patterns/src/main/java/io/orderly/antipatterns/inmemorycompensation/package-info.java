/**
 * Placing an order by calls, and undoing it from memory: an anti-pattern in its best reasonable form. Every call is idempotent,
 * each compensation is noted before its call is made and tried more than once, and the event goes out after the commit. What
 * it lacks is a place that survives: if the process dies between two calls nobody knows what was begun, and if it dies after
 * its commit the event never goes out.
 */
@NullMarked
package io.orderly.antipatterns.inmemorycompensation;

import org.jspecify.annotations.NullMarked;
