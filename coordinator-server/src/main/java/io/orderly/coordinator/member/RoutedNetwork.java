package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.peer.PeerMessage;
import io.orderly.coordinator.peer.PeerNetwork;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Connects to some members at other addresses than the published ones. */
final class RoutedNetwork implements PeerNetwork {

    private final PeerNetwork network;
    private final Map<NodeId, InetSocketAddress> routes;

    RoutedNetwork(PeerNetwork network, Map<NodeId, InetSocketAddress> routes) {
        this.network = network;
        this.routes = Map.copyOf(routes);
    }

    @Override
    public boolean send(NodeId to, PeerMessage message) {
        return network.send(to, message);
    }

    @Override
    public void collect() {
        network.collect();
    }

    @Override
    public void flush() {
        network.flush();
    }

    @Override
    public void connectTo(Map<NodeId, InetSocketAddress> peers) {
        network.connectTo(routed(peers, routes));
    }

    /** The addresses of the same members, those of the routes where there are any. */
    static Map<NodeId, InetSocketAddress> routed(
            Map<NodeId, InetSocketAddress> peers, Map<NodeId, InetSocketAddress> routes) {
        Map<NodeId, InetSocketAddress> routed = new HashMap<>(peers);
        routes.forEach((id, address) -> routed.computeIfPresent(id, (_, _) -> address));
        return routed;
    }
}
