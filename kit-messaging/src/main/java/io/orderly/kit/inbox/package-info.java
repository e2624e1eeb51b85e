/** Idempotent receiver: a message takes effect once, however often it is delivered. */
@NullMarked
package io.orderly.kit.inbox;

import org.jspecify.annotations.NullMarked;
