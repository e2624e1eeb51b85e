/**
 * An anti-pattern: at least once without remembering what was handled, in place of inbox and recorded replies. For the
 * inventory-service, whose answers are never late, and whose rows bear repetition in the way that people think is idempotent.
 */
@NullMarked
package io.orderly.antipatterns.noinbox;

import org.jspecify.annotations.NullMarked;
