/**
 * What clusters are simulated for: a state that the nodes replicate, what serves it, and clients that use it and know what they
 * were promised. The simulator runs any of them under the same faults.
 */
@NullMarked
package io.orderly.coordinator.simulation.workload;

import org.jspecify.annotations.NullMarked;
