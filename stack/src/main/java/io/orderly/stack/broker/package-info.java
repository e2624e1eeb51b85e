/** The Kafka broker as a process of its own. */
@NullMarked
package io.orderly.stack.broker;

import org.jspecify.annotations.NullMarked;
