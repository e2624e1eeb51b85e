/**
 * Histories of requests and responses, and the check for linearizability.
 *
 * <p>A history is written down before it is checked. The check decides linearizability (Herlihy and Wing, "Linearizability: a
 * correctness condition for concurrent objects", TOPLAS 1990), key by key, since a history is linearizable if and only if its
 * part for each object is.
 */
@NullMarked
package io.orderly.coordinator.simulation.history;

import org.jspecify.annotations.NullMarked;
