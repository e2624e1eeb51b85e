package io.orderly.coordinator.peer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.coordinator.connection.PeerTls;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.log.FolderDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A member's network with real sockets, and what it has received. */
final class PeerFixture implements AutoCloseable {

    static final UUID CLUSTER = new UUID(3, 4);

    /** Timeouts that tests can wait for. */
    static final PeerSettings SETTINGS = new PeerSettings(
            2,
            16L << 20,
            16,
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofMillis(10),
            Duration.ofMillis(100));

    record Received(NodeId from, PeerMessage message) {}

    final NodeId node;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Queue<Received> received = new ConcurrentLinkedQueue<>();
    final NettyPeerNetwork network;
    private final FolderDisk disk;

    PeerFixture(int node, Path folder) throws IOException {
        this(new PeerIdentity(CLUSTER, new NodeId(node), node, loopback(0)), folder, SETTINGS, 0);
    }

    PeerFixture(PeerIdentity identity, Path folder, PeerSettings settings, int port) throws IOException {
        this(identity, folder, settings, Map.of(), Optional.empty(), port);
    }

    PeerFixture(
            PeerIdentity identity,
            Path folder,
            PeerSettings settings,
            Map<NodeId, InetSocketAddress> configured,
            Optional<PeerTls> tls,
            int port)
            throws IOException {
        node = identity.node();
        disk = FolderDisk.take(folder);
        network = NettyPeerNetwork.start(
                identity,
                loopback(port),
                Incarnations.open(disk),
                configured,
                (from, message) -> received.add(new Received(from, message)),
                settings,
                tls,
                meters);
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    InetSocketAddress address() {
        return network.localAddress();
    }

    double count(String name, String... tags) {
        return meters.find("orderly.coordinator.peer." + name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Of a peer; zero if there is none. */
    double gauge(String name, NodeId peer) {
        return meters.find("orderly.coordinator.peer." + name).tags("peer", peer.toString()).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    @Override
    public void close() {
        network.close();
        try {
            disk.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
