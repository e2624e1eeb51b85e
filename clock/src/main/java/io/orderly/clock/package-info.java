/**
 * Two logical clocks that order events across processes without relying on synchronized wall clocks.
 *
 * <p>A {@link io.orderly.clock.LamportClock} is a counter: if one event can have caused another, its value is smaller. Its
 * values have no relation to physical time. A {@link io.orderly.clock.HybridClock} gives the same guarantee with
 * {@link io.orderly.clock.HybridTimestamp}s that also stay close to physical time, so that they are readable and can be
 * compared with deadlines. Both must be advanced on every send and on every receive; without the receive they order nothing
 * across processes.
 *
 * <p>Neither clock stores anything. To be safe across a restart, the caller must pass a starting value that is at least the
 * highest value that ever left the process.
 *
 * <p>A {@link io.orderly.clock.TimestampAllocator} gives timestamps to several processes in one order, by a service that they share.
 *
 * <p>{@link io.orderly.clock.VirtualTime} is the time of a simulation: it advances from action to action, without waiting.
 */
@NullMarked
package io.orderly.clock;

import org.jspecify.annotations.NullMarked;
