/**
 * Dead letter channel: messages that could not be handled, and later messages of the same key, which must not overtake them.
 * Operators inspect, replay or discard them.
 */
@NullMarked
package io.orderly.kit.deadletter;

import org.jspecify.annotations.NullMarked;
