/**
 * One node of the coordinator: it joins the replica, its log and the replicated state, and does what the replica's effects ask
 * for, in the order that they ask.
 *
 * <p>There are no threads, sockets or clocks in here. Inputs are handed in one after the other, what leaves the node goes through
 * ports, and work on the disk comes in two halves between which time may pass. So production and simulation run the same loop.
 */
@NullMarked
package io.orderly.coordinator.node;

import org.jspecify.annotations.NullMarked;
