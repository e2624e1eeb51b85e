package io.orderly.lab.fault.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One connection through the proxy. Each direction has a thread that reads and one that writes, with a bounded queue between
 * them: when it is full nothing is read any more, and whoever sends feels it as in a direct connection.
 */
final class Connection {

    private static final int PACKET_BYTES = 16 << 10;
    private static final int MOST_PACKETS_WAITING = 64;

    private final SocketChannel client;
    private final SocketChannel server;
    private final Consumer<Connection> whenOver;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger directionsOpen = new AtomicInteger(2);
    private final AtomicBoolean over = new AtomicBoolean();

    private Connection(SocketChannel client, SocketChannel server, Consumer<Connection> whenOver) {
        this.client = client;
        this.server = server;
        this.whenOver = whenOver;
    }

    /** What travels: bytes, or the news that the sender has said all, or is gone. */
    private sealed interface Packet {

        long sentAtNanos();

        record Data(ByteBuffer bytes, long sentAtNanos) implements Packet {}

        record End(long sentAtNanos) implements Packet {}

        record Broken(long sentAtNanos) implements Packet {}
    }

    /**
     * @param client accepted already
     * @param server not connected yet
     * @param whenOver told once, when both ends are closed
     */
    static Connection of(SocketChannel client, SocketChannel server, Consumer<Connection> whenOver) {
        return new Connection(client, server, whenOver);
    }

    /** Connects to the target and lets bytes pass; returns at once. */
    void open(InetSocketAddress target, TrafficShaper up, TrafficShaper down) {
        start("connect", () -> {
            try {
                up.await(System.nanoTime());
                server.connect(target);
                for (SocketChannel end : List.of(client, server)) {
                    end.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
            } catch (IOException e) {
                reset();
                return;
            }
            carry(client, server, up);
            carry(server, client, down);
        });
    }

    private void carry(SocketChannel source, SocketChannel sink, TrafficShaper lane) {
        BlockingQueue<Packet> underWay = new ArrayBlockingQueue<>(MOST_PACKETS_WAITING);
        start("read", () -> read(source, underWay));
        start("write", () -> write(underWay, sink, lane));
    }

    private static void read(SocketChannel source, BlockingQueue<Packet> underWay) throws InterruptedException {
        while (true) {
            ByteBuffer bytes = ByteBuffer.allocate(PACKET_BYTES);
            int count;
            try {
                count = source.read(bytes);
            } catch (IOException e) {
                underWay.put(new Packet.Broken(System.nanoTime()));
                return;
            }
            if (count < 0) {
                underWay.put(new Packet.End(System.nanoTime()));
                return;
            }
            underWay.put(new Packet.Data(bytes.flip(), System.nanoTime()));
        }
    }

    private void write(BlockingQueue<Packet> underWay, SocketChannel sink, TrafficShaper lane)
            throws InterruptedException {
        while (true) {
            Packet packet = underWay.take();
            lane.await(packet.sentAtNanos());
            try {
                switch (packet) {
                    case Packet.Data data -> write(data.bytes(), sink, lane);
                    case Packet.End _ -> {
                        sink.shutdownOutput();
                        if (directionsOpen.decrementAndGet() == 0) {
                            close();
                        }
                        return;
                    }
                    case Packet.Broken _ -> {
                        reset();
                        return;
                    }
                }
            } catch (IOException e) {
                reset();
                return;
            }
        }
    }

    private static void write(ByteBuffer bytes, SocketChannel sink, TrafficShaper lane)
            throws IOException, InterruptedException {
        while (bytes.hasRemaining()) {
            int room = lane.awaitRoom(bytes.remaining());
            ByteBuffer part = bytes.slice(bytes.position(), room);
            while (part.hasRemaining()) {
                sink.write(part);
            }
            bytes.position(bytes.position() + room);
        }
    }

    /** Breaks it so that both ends notice: with RST instead of FIN. */
    void reset() {
        for (SocketChannel end : List.of(client, server)) {
            try {
                end.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // it is closed already
            }
        }
        close();
    }

    /** Closes both ends; what is still under way is lost. */
    void close() {
        if (over.getAndSet(true)) {
            return;
        }
        for (SocketChannel end : List.of(client, server)) {
            try {
                end.close();
            } catch (IOException e) {
                // there is nothing left of it either way
            }
        }
        threads.forEach(Thread::interrupt);
        whenOver.accept(this);
    }

    @FunctionalInterface
    private interface Task {

        void run() throws InterruptedException;
    }

    private void start(String name, Task task) {
        Thread thread = Thread.ofVirtual().name("proxy-" + name).unstarted(() -> {
            try {
                task.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        threads.add(thread);
        thread.start();
        if (over.get()) {
            thread.interrupt();
        }
    }
}
