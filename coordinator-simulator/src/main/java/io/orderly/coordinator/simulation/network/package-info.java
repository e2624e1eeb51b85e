/**
 * A network that loses, delays, duplicates and reorders messages, and is partitioned, in virtual time.
 */
@NullMarked
package io.orderly.coordinator.simulation.network;

import org.jspecify.annotations.NullMarked;
