/**
 * Replies of participants to the saga: a step was completed, declined or refused, or its command became a dead letter.
 */
@NullMarked
package io.orderly.contracts.reply;

import org.jspecify.annotations.NullMarked;
