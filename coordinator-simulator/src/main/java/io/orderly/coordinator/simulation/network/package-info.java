/**
 * A network that loses, delays, duplicates, reorders and cuts, in virtual time.
 */
@NullMarked
package io.orderly.coordinator.simulation.network;

import org.jspecify.annotations.NullMarked;
