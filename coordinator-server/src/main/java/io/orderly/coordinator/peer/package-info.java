/** Connections between the members of a cluster: what they send each other, its encoding, and the transport. */
@NullMarked
package io.orderly.coordinator.peer;

import org.jspecify.annotations.NullMarked;
