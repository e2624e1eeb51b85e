/**
 * Workloads on the production server: clients of many kinds check its guarantees. Every decided command is compared with the model
 * of the store, and every response with what was decided.
 */
@NullMarked
package io.orderly.coordinator.simulation.store;

import org.jspecify.annotations.NullMarked;
