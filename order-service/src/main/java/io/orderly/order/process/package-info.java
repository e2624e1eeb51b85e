/**
 * Runs sagas: stores their state, passes replies, deadlines and requests to them, and sends the messages they decide on.
 *
 * <p>Every transition happens in one transaction that locks the saga's row and writes the new state, the commands and events, and
 * the timeline. Transitions of one saga are therefore serialized across threads and instances.
 */
@NullMarked
package io.orderly.order.process;

import org.jspecify.annotations.NullMarked;
