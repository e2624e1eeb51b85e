/**
 * One node of the coordinator: it connects the replica, its log and the replicated state, and carries out the replica's effects in
 * order.
 *
 * <p>It has no threads, sockets or clocks. Inputs are passed one after the other, output goes through ports, and disk work has two
 * steps between which time may pass. So production and simulation run the same code.
 */
@NullMarked
package io.orderly.coordinator.node;

import org.jspecify.annotations.NullMarked;
