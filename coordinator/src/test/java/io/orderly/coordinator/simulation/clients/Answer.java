package io.orderly.coordinator.simulation.clients;

import io.orderly.coordinator.consensus.NodeId;
import org.jspecify.annotations.Nullable;

/** What a node tells a client; it may also tell nothing at all. */
public sealed interface Answer {

    /** It took effect, once. */
    record Done(long result) implements Answer {}

    /** It did not take effect through this node, and will not. */
    record Refused(@Nullable NodeId leader) implements Answer {}

    /** The node cannot say. */
    record Unknown() implements Answer {}
}
