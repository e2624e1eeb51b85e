/** Connections between the members of a cluster: their messages, the encoding, and the transport. */
@NullMarked
package io.orderly.coordinator.peer;

import org.jspecify.annotations.NullMarked;
