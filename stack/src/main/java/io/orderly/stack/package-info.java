/**
 * The whole system on one machine, as real processes: what {@code ./run} hands over to.
 *
 * <p>{@link io.orderly.stack.Topology} lists the processes; {@code process} supervises them; {@code launch} prepares what
 * they run on; {@code order} places the first orders; {@code events} follows the saga in Kafka.
 */
@NullMarked
package io.orderly.stack;

import org.jspecify.annotations.NullMarked;
