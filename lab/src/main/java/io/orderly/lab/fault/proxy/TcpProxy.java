package io.orderly.lab.fault.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the connections of a link on the loopback interface, and forwards them. Thread-safe.
 *
 * <p>It differs from a direct connection in that the proxy accepts before the target does. If the target refuses, the
 * client is accepted and then reset; if the link is cut, the client is accepted and receives no data.
 */
public final class TcpProxy implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final String name;
    private final InetSocketAddress target;

    /**
     * Bound for the lifetime of the proxy, so that no other process can bind the port while connections are refused.
     */
    private final SocketChannel reservation;

    private final InetSocketAddress address;
    private final Map<Direction, TrafficShaper> lanes = new EnumMap<>(Direction.class);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder resets = new LongAdder();
    private @Nullable ServerSocketChannel listener;
    private @Nullable Thread acceptor;
    private volatile boolean resetting;
    private boolean closed;

    private TcpProxy(String name, InetSocketAddress target, SocketChannel reservation, long seed) throws IOException {
        this.name = name;
        this.target = target;
        this.reservation = reservation;
        this.address = (InetSocketAddress) reservation.getLocalAddress();
        for (Direction direction : Direction.values()) {
            lanes.put(direction, new TrafficShaper(seed + direction.ordinal()));
        }
    }

    /**
     * The number of impaired packets since the proxy was started.
     *
     * @param delayed packets that were delayed
     * @param lost packet losses; a packet that is lost twice counts twice
     * @param held packets that were held back by a cut
     * @param slowed chunks that waited for bandwidth
     */
    public record ImpairmentCounts(long delayed, long lost, long held, long slowed) {}

    /**
     * Starts a proxy of a port of the loopback interface.
     *
     * @see #start(String, InetSocketAddress, long)
     */
    public static TcpProxy start(String name, int targetPort, long seed) {
        return start(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), seed);
    }

    /**
     * Starts a proxy on a free port.
     *
     * @param name the prefix of its threads' names
     * @param target a resolved address
     * @param seed the seed of jitter and packet loss
     * @throws UncheckedIOException if no port is available
     */
    public static TcpProxy start(String name, InetSocketAddress target, long seed) {
        try {
            SocketChannel reservation = SocketChannel.open();
            reservation.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var proxy = new TcpProxy(name, target, reservation, seed);
            proxy.listen();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port that the proxy listens on. */
    public int port() {
        return address.getPort();
    }

    /** Sets the conditions of one direction, for all present and future connections. */
    public void set(Direction direction, LinkConditions conditions) {
        lane(direction).set(conditions);
    }

    public ImpairmentCounts impairments(Direction direction) {
        TrafficShaper lane = lane(direction);
        return new ImpairmentCounts(lane.delayed.sum(), lane.lost.sum(), lane.held.sum(), lane.slowed.sum());
    }

    /** Sets whether new connections are refused, as on a port without a listener. Established connections stay open. */
    public synchronized void refuse(boolean refuse) {
        try {
            if (refuse && listener != null) {
                listener.close();
                listener = null;
                // the kernel keeps listening until the blocked accept has returned
                Objects.requireNonNull(acceptor).join();
            } else if (!refuse && listener == null && !closed) {
                listen();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sets whether connections are reset: established ones immediately, and new connections as soon as they are
     * accepted.
     */
    public void reset(boolean reset) {
        resetting = reset;
        if (reset) {
            connections.forEach(this::reset);
        }
    }

    /** The number of connections that were reset by {@link #reset(boolean)}. */
    public long resets() {
        return resets.sum();
    }

    /** The number of open connections. */
    public int connections() {
        return connections.size();
    }

    /** Closes all connections and releases the port. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            refuse(true);
            reservation.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            connections.forEach(Connection::close);
        }
    }

    private TrafficShaper lane(Direction direction) {
        return Objects.requireNonNull(lanes.get(direction));
    }

    private void listen() throws IOException {
        ServerSocketChannel opened = ServerSocketChannel.open();
        opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        opened.bind(address, 1_024);
        listener = opened;
        acceptor = Thread.ofPlatform().daemon().name("proxy " + name).start(() -> accept(opened));
    }

    private void accept(ServerSocketChannel opened) {
        while (opened.isOpen()) {
            try {
                SocketChannel client = opened.accept();
                SocketChannel server = SocketChannel.open();
                Connection connection = Connection.of(client, server, connections::remove);
                connections.add(connection);
                if (resetting) {
                    reset(connection);
                } else {
                    connection.open(target, lane(Direction.UP), lane(Direction.DOWN));
                }
            } catch (IOException e) {
                // the listener was closed, or no more sockets are available: then clients wait, as with any server
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void reset(Connection connection) {
        resets.increment();
        connection.reset();
    }
}
