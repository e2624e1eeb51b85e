/**
 * The whole system on one machine, as real processes: what {@code ./run} starts.
 *
 * <p>{@link io.orderly.stack.Topology} lists the processes; {@code process} supervises them; {@code launch} prepares what they
 * run on; {@code order} places the first orders.
 */
@NullMarked
package io.orderly.stack;

import org.jspecify.annotations.NullMarked;
