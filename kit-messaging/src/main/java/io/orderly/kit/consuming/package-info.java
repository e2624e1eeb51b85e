/**
 * Consumes messages from Kafka in batches: one transaction for all messages of a batch, or one for each message after a
 * failure.
 */
@NullMarked
package io.orderly.kit.consuming;

import org.jspecify.annotations.NullMarked;
