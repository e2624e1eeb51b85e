/** Reads and formats order events from Kafka. The topic reader is also used by other modules. */
@NullMarked
package io.orderly.stack.events;

import org.jspecify.annotations.NullMarked;
