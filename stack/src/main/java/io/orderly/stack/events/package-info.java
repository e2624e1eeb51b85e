/** The public facts about orders, read and followed on their Kafka topic; a reader of topics for other programs too. */
@NullMarked
package io.orderly.stack.events;

import org.jspecify.annotations.NullMarked;
