/**
 * Anti-patterns: at-least-once delivery without an inbox, and commands without recorded steps. For the
 * inventory-service, whose replies are never deferred, and whose inserts look idempotent.
 */
@NullMarked
package io.orderly.antipatterns.noinbox;

import org.jspecify.annotations.NullMarked;
