package io.orderly.coordinator.peer;

import io.orderly.coordinator.consensus.NodeId;
import java.net.InetSocketAddress;
import java.util.Map;

/** The connections of this member to the others. Thread-safe; no method blocks. */
public interface PeerNetwork {

    /**
     * Sends a message.
     *
     * @return false if it was dropped, because the peer is unknown or not connected, or too many bytes wait to be sent to it; the peer then
     *     never receives it
     */
    boolean send(NodeId to, PeerMessage message);

    /**
     * Keeps back what is sent from now on, until {@link #flush()}: messages that leave together cost both sides less. To be called by the
     * thread that sends.
     */
    void collect();

    /** Sends what was kept back, and keeps back no more. */
    void flush();

    /** Replaces the addresses of the other members; connections to removed members are closed. */
    void connectTo(Map<NodeId, InetSocketAddress> peers);

    /** Receives the messages of other members. Called on the threads of the network; must not block. */
    @FunctionalInterface
    interface Receiver {

        void received(NodeId from, PeerMessage message);
    }
}
