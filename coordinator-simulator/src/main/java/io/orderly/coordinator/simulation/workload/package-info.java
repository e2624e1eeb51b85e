/**
 * Workloads: a replicated state, the server that provides it, and clients that use it and check its guarantees. The simulator runs
 * each of them under the same faults.
 */
@NullMarked
package io.orderly.coordinator.simulation.workload;

import org.jspecify.annotations.NullMarked;
