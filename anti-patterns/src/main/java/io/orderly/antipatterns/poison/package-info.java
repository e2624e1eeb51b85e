/**
 * Anti-patterns: a message that cannot be handled is retried until it can, or is skipped, instead of becoming a dead letter behind which later
 * messages of its key wait.
 */
@NullMarked
package io.orderly.antipatterns.poison;

import org.jspecify.annotations.NullMarked;
