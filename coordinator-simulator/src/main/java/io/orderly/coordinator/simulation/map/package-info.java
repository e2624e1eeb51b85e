/** The smallest workload that tells consensus by: numbers under keys, and clients who change them. */
@NullMarked
package io.orderly.coordinator.simulation.map;

import org.jspecify.annotations.NullMarked;
