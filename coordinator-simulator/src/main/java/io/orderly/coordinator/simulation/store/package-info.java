/**
 * Workloads on the production store: on each simulated node run the store, its lessor, its watches and the timestamp oracle, and
 * clients of many kinds hold them to their word. What is decided is written down once, and every answer is compared with it.
 */
@NullMarked
package io.orderly.coordinator.simulation.store;

import org.jspecify.annotations.NullMarked;
