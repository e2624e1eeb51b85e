package io.orderly.coordinator.peer;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.resolver.NoopAddressResolverGroup;
import io.orderly.coordinator.connection.PeerTls;
import io.orderly.coordinator.connection.RefusalLog;
import io.orderly.coordinator.consensus.NodeId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Members connected by TCP. Each dials the others, two connections to each of them, and sends its messages on those; it receives on
 * the connections that it has accepted.
 */
public final class NettyPeerNetwork implements PeerNetwork, AutoCloseable {

    /** Members that have connected and are not known yet; they are answered at the address in their handshake. */
    private static final int MAX_MET = 16;

    private final Endpoint endpoint;
    private final Receiver receiver;
    private final EventLoopGroup threads;
    private final Bootstrap bootstrap;
    private final Channel server;
    private final AcceptedConnections accepted;

    /** Changed by one thread at a time. */
    private final Map<NodeId, PeerLink> links = new ConcurrentHashMap<>();

    /** The links to members that {@link #connectTo} has not named. */
    private final Set<NodeId> met = new HashSet<>();

    private final PeerMetrics.PeerLinks observed = new Observed();
    private boolean isClosed;

    private volatile boolean isCollecting;

    private NettyPeerNetwork(
            Endpoint endpoint,
            Receiver receiver,
            EventLoopGroup threads,
            IoTransport transport,
            InetSocketAddress listen,
            Map<NodeId, InetSocketAddress> configured)
            throws IOException {
        this.endpoint = endpoint;
        this.receiver = receiver;
        this.threads = threads;
        accepted = new AcceptedConnections(endpoint.settings().maxPendingHandshakes(), configured);
        bootstrap = new Bootstrap()
                .group(threads)
                .channel(transport.socket())
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(512 << 10, 1 << 20))
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(endpoint.settings().handshakeTimeout().toMillis()));
        ChannelFuture bound = new ServerBootstrap()
                .group(threads)
                .channel(transport.serverSocket())
                .option(ChannelOption.SO_BACKLOG, 128)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new Pipeline(
                        allocator -> endpoint.tls().map(tls -> tls.accepting(allocator)),
                        Handshake.MAX_BYTES,
                        () -> new AcceptedConnection(endpoint, accepted, new Incoming())))
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("peers cannot be served at %s: %s".formatted(listen, bound.cause()), bound.cause());
        }
        server = bound.channel();
    }

    /**
     * Listens for other members. Messages are received at once, and sent once {@link #connectTo} has been called.
     *
     * @param listen the address to listen on; with port 0 any free port
     * @param known the incarnations of other members
     * @param configured the addresses of members that {@link #connectTo} may not name yet: with TLS, only members with a known address are
     *     accepted, and only with a certificate for its host
     * @param tls empty if connections are not to be encrypted
     * @throws IOException if the address is in use or not of this machine
     */
    public static NettyPeerNetwork start(
            PeerIdentity self,
            InetSocketAddress listen,
            Incarnations known,
            Map<NodeId, InetSocketAddress> configured,
            Receiver receiver,
            PeerSettings settings,
            Optional<PeerTls> tls,
            MeterRegistry meters)
            throws IOException {
        IoTransport transport = IoTransport.best();
        EventLoopGroup threads = transport.threads(settings.threads(), "peer");
        var endpoint = new Endpoint(
                self,
                known,
                settings,
                tls,
                new PeerMetrics(meters),
                new RefusalLog(System::nanoTime),
                new SecureRandom());
        try {
            return new NettyPeerNetwork(endpoint, receiver, threads, transport, listen, configured);
        } catch (IOException | RuntimeException e) {
            threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** The address that this member listens on. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public boolean send(NodeId to, PeerMessage message) {
        PeerLink link = links.get(to);
        boolean isTaken = link != null && link.send(message);
        if (isTaken && !isCollecting) {
            link.flush();
        }
        return isTaken;
    }

    @Override
    public void collect() {
        isCollecting = true;
    }

    @Override
    public void flush() {
        isCollecting = false;
        links.values().forEach(PeerLink::flush);
    }

    @Override
    public synchronized void connectTo(Map<NodeId, InetSocketAddress> peers) {
        if (isClosed) {
            return;
        }
        Set<NodeId> gone = new HashSet<>(links.keySet());
        gone.removeAll(met);
        gone.removeAll(peers.keySet());
        gone.forEach(this::disconnect);
        accepted.members(peers, gone);
        new HashMap<>(peers).forEach((peer, address) -> {
            met.remove(peer);
            PeerLink before = links.get(peer);
            if (before == null || !before.address().equals(address)) {
                disconnect(peer);
                connect(peer, address);
            }
        });
    }

    private void connect(NodeId peer, InetSocketAddress address) {
        var link = new PeerLink(endpoint, peer, address, bootstrap, threads.next());
        links.put(peer, link);
        endpoint.metrics().watch(peer, observed);
        link.start();
    }

    private void disconnect(NodeId peer) {
        PeerLink link = links.remove(peer);
        if (link != null) {
            link.close();
        }
    }

    private synchronized void met(NodeId peer, InetSocketAddress address) {
        if (!isClosed && !links.containsKey(peer) && met.size() < MAX_MET) {
            met.add(peer);
            connect(peer, address);
        }
    }

    private synchronized void left(NodeId peer) {
        if (met.remove(peer)) {
            disconnect(peer);
        }
    }

    /** Closes all connections. Waiting messages are lost. Waits for a few seconds at most. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            Set.copyOf(links.keySet()).forEach(this::disconnect);
        }
        server.close();
        threads.shutdownGracefully(50, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }

    private final class Incoming implements AcceptedConnection.Owner {

        @Override
        public void met(NodeId peer, InetSocketAddress address) {
            NettyPeerNetwork.this.met(peer, address);
        }

        @Override
        public void left(NodeId peer) {
            NettyPeerNetwork.this.left(peer);
        }

        @Override
        public void received(NodeId from, PeerMessage message) {
            receiver.received(from, message);
        }
    }

    private final class Observed implements PeerMetrics.PeerLinks {

        @Override
        public long waitingBytes(NodeId peer) {
            PeerLink link = links.get(peer);
            return link == null ? 0 : link.waitingBytes();
        }

        @Override
        public boolean isConnected(NodeId peer) {
            PeerLink link = links.get(peer);
            return link != null && link.isConnected();
        }
    }
}
