/**
 * Anti-pattern: at-least-once delivery without deduplication, instead of an inbox and recorded replies. For the
 * inventory-service, whose replies are never deferred, and whose inserts look idempotent.
 */
@NullMarked
package io.orderly.antipatterns.noinbox;

import org.jspecify.annotations.NullMarked;
