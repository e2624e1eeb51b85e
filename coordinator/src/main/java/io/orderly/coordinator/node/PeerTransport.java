package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;

/** Sends messages to other nodes. They may be lost. */
@FunctionalInterface
public interface PeerTransport {

    void send(NodeId to, Message message);

    /** All messages of a step have been sent. */
    default void sent() {}
}
