/** A minimal workload to test consensus: a replicated map of numbers, and clients that change them. */
@NullMarked
package io.orderly.coordinator.simulation.map;

import org.jspecify.annotations.NullMarked;
