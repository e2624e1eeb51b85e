/**
 * Two clocks that order events across processes without trusting anyone's wall clock.
 *
 * <p>A {@link io.orderly.clock.LamportClock} counts: if one event can have caused another, its value is smaller. It says
 * nothing about when. A {@link io.orderly.clock.HybridClock} keeps the same promise in
 * {@link io.orderly.clock.HybridTimestamp}s that also stay close to physical time, so they can be read by people and
 * compared with deadlines. Both are advanced on every send and on every receive; a clock that skips the receive orders
 * nothing.
 *
 * <p>Neither clock stores anything. What makes them safe across a restart is the starting value that their owner hands
 * in: at least the highest value that ever left the process.
 */
@NullMarked
package io.orderly.clock;

import org.jspecify.annotations.NullMarked;
