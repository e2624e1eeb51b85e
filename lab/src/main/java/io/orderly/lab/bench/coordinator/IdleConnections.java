package io.orderly.lab.bench.coordinator;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** TCP connections that send nothing, spread over all members. */
final class IdleConnections implements AutoCloseable {

    /** Files that this process opens besides. */
    private static final int RESERVED_FILES = 1_000;

    private final List<SocketChannel> channels = new ArrayList<>();

    /** @param ports of the members */
    static IdleConnections open(List<Integer> ports, int count) {
        IdleConnections connections = new IdleConnections();
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress("127.0.0.1", ports.get(i % ports.size())));
                connections.channels.add(channel);
                channel.configureBlocking(false);
            }
            return connections;
        } catch (IOException e) {
            connections.close();
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How many connections the limit of open files of this process permits, which is also that of the members it starts.
     *
     * @param wanted the most
     */
    static int permitted(int wanted) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - RESERVED_FILES;
            return Math.toIntExact(Math.clamp(free, 0, wanted));
        }
        return wanted;
    }

    int count() {
        return channels.size();
    }

    /** The number of connections that the members have not closed. */
    int countOpen() {
        ByteBuffer buffer = ByteBuffer.allocate(1_024);
        return Math.toIntExact(
                channels.stream().filter(channel -> isOpen(channel, buffer)).count());
    }

    /** A server may send its settings at once; the end of the stream follows these. */
    private static boolean isOpen(SocketChannel channel, ByteBuffer buffer) {
        try {
            int read;
            do {
                read = channel.read(buffer.clear());
            } while (read > 0);
            return read == 0;
        } catch (IOException reset) {
            return false;
        }
    }

    @Override
    public void close() {
        for (SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
