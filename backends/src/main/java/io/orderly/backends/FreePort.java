package io.orderly.backends;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds free ports, below those that operating systems give to outgoing connections: between the search and the start of a server, one of
 * many connections would take such a port now and then. A port is reserved for the process that found it until the process ends: other
 * processes of the same user do not find it, and do not probe it while a server is being started on it.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int LAST = 29_999;
    private static final int ATTEMPTS = 1_000;

    /** A lock of the byte at a port's number reserves the port; the operating system releases the locks of a process that ends. */
    private static @Nullable FileChannel reservations;

    private FreePort() {}

    /**
     * A port of the loopback interface that is free for TCP and UDP at the time of the call; a process that does not ask here may take it
     * afterwards. Each call returns another port.
     *
     * @throws IllegalStateException if hardly any port is free, or none can be reserved
     */
    public static synchronized int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (reserve(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from %d to %d in %d attempts".formatted(FIRST, LAST, ATTEMPTS));
    }

    /** Whether the port is now reserved for this process, and was not before. */
    static boolean reserve(int port) {
        try {
            if (reservations == null) {
                reservations = FileChannel.open(
                        Path.of(
                                System.getProperty("java.io.tmpdir"),
                                "orderly-ports-" + System.getProperty("user.name")),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
            }
            return reservations.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException reservedByThisProcess) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("cannot reserve a port", e);
        }
    }

    private static boolean isFree(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (var _ = new ServerSocket(port, 1, loopback);
                var _ = new DatagramSocket(port, loopback)) {
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
