/**
 * Takes messages from Kafka in batches: one transaction for many messages where all is well, one by one where something is
 * not.
 */
@NullMarked
package io.orderly.kit.consuming;

import org.jspecify.annotations.NullMarked;
