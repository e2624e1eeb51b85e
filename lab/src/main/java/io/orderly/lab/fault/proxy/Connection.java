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
 * A connection through the proxy. Each direction has a reading and a writing thread with a bounded queue between them:
 * when the queue is full, reading stops, and the sender sees the same back-pressure as in a direct connection.
 */
final class Connection {

    private static final int PACKET_BYTES = 16 << 10;
    private static final int MAX_QUEUED_PACKETS = 64;

    private final SocketChannel client;
    private final SocketChannel server;
    private final Consumer<Connection> onClose;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger directionsOpen = new AtomicInteger(2);
    private final AtomicBoolean closed = new AtomicBoolean();

    private Connection(SocketChannel client, SocketChannel server, Consumer<Connection> onClose) {
        this.client = client;
        this.server = server;
        this.onClose = onClose;
    }

    /** An element of the queue: data, or the end of the stream, or a broken connection. */
    private sealed interface Packet {

        long sentAtNanos();

        record Data(ByteBuffer bytes, long sentAtNanos) implements Packet {}

        record End(long sentAtNanos) implements Packet {}

        record Broken(long sentAtNanos) implements Packet {}
    }

    /**
     * @param client accepted
     * @param server not yet connected
     * @param onClose called once, when both ends are closed
     */
    static Connection of(SocketChannel client, SocketChannel server, Consumer<Connection> onClose) {
        return new Connection(client, server, onClose);
    }

    /** Connects to the target and forwards data; returns immediately. */
    void open(InetSocketAddress target, TrafficShaper upstream, TrafficShaper downstream) {
        start("connect", () -> {
            try {
                upstream.await(System.nanoTime());
                server.connect(target);
                for (SocketChannel end : List.of(client, server)) {
                    end.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
            } catch (IOException e) {
                reset();
                return;
            }
            carry(client, server, upstream);
            carry(server, client, downstream);
        });
    }

    private void carry(SocketChannel source, SocketChannel sink, TrafficShaper shaper) {
        BlockingQueue<Packet> queue = new ArrayBlockingQueue<>(MAX_QUEUED_PACKETS);
        start("read", () -> read(source, queue));
        start("write", () -> write(queue, sink, shaper));
    }

    private static void read(SocketChannel source, BlockingQueue<Packet> queue) throws InterruptedException {
        while (true) {
            ByteBuffer bytes = ByteBuffer.allocate(PACKET_BYTES);
            int count;
            try {
                count = source.read(bytes);
            } catch (IOException e) {
                queue.put(new Packet.Broken(System.nanoTime()));
                return;
            }
            if (count < 0) {
                queue.put(new Packet.End(System.nanoTime()));
                return;
            }
            queue.put(new Packet.Data(bytes.flip(), System.nanoTime()));
        }
    }

    private void write(BlockingQueue<Packet> queue, SocketChannel sink, TrafficShaper shaper)
            throws InterruptedException {
        while (true) {
            Packet packet = queue.take();
            shaper.await(packet.sentAtNanos());
            try {
                switch (packet) {
                    case Packet.Data data -> write(data.bytes(), sink, shaper);
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

    private static void write(ByteBuffer bytes, SocketChannel sink, TrafficShaper shaper)
            throws IOException, InterruptedException {
        while (bytes.hasRemaining()) {
            int allowed = shaper.awaitBandwidth(bytes.remaining());
            ByteBuffer part = bytes.slice(bytes.position(), allowed);
            while (part.hasRemaining()) {
                sink.write(part);
            }
            bytes.position(bytes.position() + allowed);
        }
    }

    /** Closes both ends with RST instead of FIN. */
    void reset() {
        for (SocketChannel end : List.of(client, server)) {
            try {
                end.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // already closed
            }
        }
        close();
    }

    /** Closes both ends; queued data is lost. */
    void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (SocketChannel end : List.of(client, server)) {
            try {
                end.close();
            } catch (IOException e) {
                // closed as far as possible
            }
        }
        threads.forEach(Thread::interrupt);
        onClose.accept(this);
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
        if (closed.get()) {
            thread.interrupt();
        }
    }
}
