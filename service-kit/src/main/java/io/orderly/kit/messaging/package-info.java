/**
 * Messages with their headers, and the consumers that take them from Kafka in batches: one transaction for many messages
 * where all is well, one by one where something is not.
 */
@NullMarked
package io.orderly.kit.messaging;

import org.jspecify.annotations.NullMarked;
