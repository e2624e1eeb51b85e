/** The Kafka broker as a separate process. */
@NullMarked
package io.orderly.stack.broker;

import org.jspecify.annotations.NullMarked;
