/**
 * The time of orders: their ids and {@code placedAt} come from one sequence of timestamps for all instances, so that an order that is placed
 * after the response to another one sorts after it, whatever the instances' clocks show.
 *
 * <p><b>Why it holds.</b> An instance uses a range of timestamps for orders that begin within {@code range-age} after it has asked for
 * the range, and an order is answered no sooner than that long after its range has arrived. Suppose the response to order A precedes the
 * beginning of order B. The range of A arrived at least one range age before the response, and that of B was asked for at most one range age
 * before B began; so it was asked for after that of A had arrived, and its timestamps are greater. This needs no clock that shows the
 * right time, only clocks that run at about the same rate. The storage of an order takes about as long as the wait, so little of it is left.
 *
 * <p>If the coordinator does not answer or there is none, orders get the time of the coordinator as this instance has last known it,
 * continued by the monotonic clock, or that of the wall clock. These are unique and never go back within an instance; across instances
 * they are as good as those clocks. {@link io.orderly.order.time.OrderTime} counts them.
 */
@NullMarked
package io.orderly.order.time;

import org.jspecify.annotations.NullMarked;
