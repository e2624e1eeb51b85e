package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;

/** The way to the other nodes. What is sent may be lost. */
@FunctionalInterface
public interface PeerTransport {

    void send(NodeId to, Message message);
}
