/** Clients of a small replicated map, and the map: what the proofs replicate. */
@NullMarked
package io.orderly.coordinator.simulation.clients;

import org.jspecify.annotations.NullMarked;
