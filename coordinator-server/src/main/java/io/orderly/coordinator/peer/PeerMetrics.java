package io.orderly.coordinator.peer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.coordinator.consensus.NodeId;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metrics of the connections: bytes, drops and connects by peer, refused handshakes by reason. Thread-safe. */
final class PeerMetrics {

    private static final String PREFIX = "orderly.coordinator.peer.";

    private final MeterRegistry meters;
    private final Map<NodeId, Counter> received = new ConcurrentHashMap<>();

    PeerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The reason for which a message was not sent. */
    enum Drop {
        NOT_CONNECTED,
        FULL,
        TOO_LARGE
    }

    Counter sentBytes(NodeId peer) {
        return bytes("sent", "Bytes sent to another member", peer);
    }

    Counter receivedBytes(NodeId peer) {
        return received.computeIfAbsent(peer, node -> bytes("received", "Bytes received from another member", node));
    }

    private Counter bytes(String name, String description, NodeId peer) {
        return Counter.builder(PREFIX + name)
                .baseUnit("bytes")
                .description(description)
                .tag("peer", peer.toString())
                .register(meters);
    }

    Counter dropped(NodeId peer, Drop reason) {
        return Counter.builder(PREFIX + "dropped")
                .description("Messages to another member that were not sent")
                .tag("peer", peer.toString())
                .tag("reason", tag(reason))
                .register(meters);
    }

    Counter connects(NodeId peer) {
        return Counter.builder(PREFIX + "connects")
                .description("How often a peer was connected")
                .tag("peer", peer.toString())
                .register(meters);
    }

    /** A handshake was refused by this member. */
    void refused(String reason) {
        Counter.builder(PREFIX + "refused")
                .description("Handshakes that this member refused")
                .tag("reason", reason)
                .register(meters)
                .increment();
    }

    /** Registers gauges for a peer. They hold no strong reference to the source. */
    void watch(NodeId peer, PeerLinks source) {
        Gauge.builder(PREFIX + "waiting", source, links -> links.waitingBytes(peer))
                .baseUnit("bytes")
                .description("Messages that wait to be sent to another member, about")
                .tag("peer", peer.toString())
                .register(meters);
        Gauge.builder(PREFIX + "connected", source, links -> links.isConnected(peer) ? 1 : 0)
                .description("Whether messages can be sent to another member")
                .tag("peer", peer.toString())
                .register(meters);
    }

    /** The links to peers. */
    interface PeerLinks {

        long waitingBytes(NodeId peer);

        boolean isConnected(NodeId peer);
    }

    static String tag(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
