/**
 * Messages that could not be handled, and those of the same key that wait behind them rather than overtake. Operators look
 * at them, replay them, or discard them; nothing is dropped silently.
 */
@NullMarked
package io.orderly.kit.deadletter;

import org.jspecify.annotations.NullMarked;
