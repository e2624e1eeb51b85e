/** The public facts about orders, followed on their Kafka topic. */
@NullMarked
package io.orderly.stack.events;

import org.jspecify.annotations.NullMarked;
