/**
 * Runs the whole system on one machine, as separate processes. {@code ./run} starts this module's command line.
 *
 * <p>{@link io.orderly.stack.Topology} defines the processes; {@code process} supervises them; {@code launch} prepares
 * programs and data folders; {@code order} places orders; {@code events} reads order events from Kafka; {@code settings} shows
 * and changes settings of running services.
 */
@NullMarked
package io.orderly.stack;

import org.jspecify.annotations.NullMarked;
