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
 * Carries the connections of one link on the loopback interface. Safe for use by many threads.
 *
 * <p>It differs from a direct connection in one thing: the proxy accepts before it knows whether the target will. Where the
 * target refuses, the client is accepted and then reset; where the link is cut, the client is accepted and hears nothing.
 */
public final class TcpProxy implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final String name;
    private final int targetPort;

    /** Bound for as long as the proxy lives, so that nobody takes the port while connections are refused. */
    private final SocketChannel reservation;

    private final InetSocketAddress address;
    private final Map<Direction, TrafficShaper> lanes = new EnumMap<>(Direction.class);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder resets = new LongAdder();
    private @Nullable ServerSocketChannel listener;
    private @Nullable Thread acceptor;
    private volatile boolean resetting;
    private boolean closed;

    private TcpProxy(String name, int targetPort, SocketChannel reservation, long seed) throws IOException {
        this.name = name;
        this.targetPort = targetPort;
        this.reservation = reservation;
        this.address = (InetSocketAddress) reservation.getLocalAddress();
        for (Direction direction : Direction.values()) {
            lanes.put(direction, new TrafficShaper(seed + direction.ordinal()));
        }
    }

    /**
     * What the proxy has done to packets and connections since it was started.
     *
     * @param delayed packets that came later
     * @param lost packets that were lost, each time
     * @param held packets that met a cut
     * @param slowed pieces that waited for room
     */
    public record ImpairmentCounts(long delayed, long lost, long held, long slowed) {}

    /**
     * Starts a proxy on a free port.
     *
     * @param name for its threads
     * @param seed of what chance decides
     * @throws UncheckedIOException if no port can be had
     */
    public static TcpProxy start(String name, int targetPort, long seed) {
        try {
            SocketChannel reservation = SocketChannel.open();
            reservation.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var proxy = new TcpProxy(name, targetPort, reservation, seed);
            proxy.listen();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return address.getPort();
    }

    /** Changes how one direction fares, for all its connections, from now on. */
    public void set(Direction direction, LinkConditions conditions) {
        lane(direction).set(conditions);
    }

    public ImpairmentCounts interference(Direction direction) {
        TrafficShaper lane = lane(direction);
        return new ImpairmentCounts(lane.delayed.sum(), lane.lost.sum(), lane.held.sum(), lane.slowed.sum());
    }

    /** Whether new connections are refused, as where nobody listens. Present ones stay. */
    public synchronized void refuse(boolean refuse) {
        try {
            if (refuse && listener != null) {
                listener.close();
                listener = null;
                // the kernel goes on listening until nobody waits for a connection any more
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

    /** Whether all connections are reset: at once those that are there, and new ones as soon as they are accepted. */
    public void reset(boolean reset) {
        resetting = reset;
        if (reset) {
            connections.forEach(this::reset);
        }
    }

    /** How many connections were reset on purpose. */
    public long resets() {
        return resets.sum();
    }

    /** How many connections there are. */
    public int connections() {
        return connections.size();
    }

    /** Ends all connections and gives the port back. */
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
                    connection.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort),
                            lane(Direction.UP),
                            lane(Direction.DOWN));
                }
            } catch (IOException e) {
                // the listener was closed, or there are no more sockets to be had: then clients wait, as they would
                // elsewhere
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void reset(Connection connection) {
        resets.increment();
        connection.reset();
    }
}
