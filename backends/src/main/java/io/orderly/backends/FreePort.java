package io.orderly.backends;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free ports, below those that operating systems give to outgoing connections: between the search and the start of a server, one of
 * many connections would take such a port now and then.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int LAST = 29_999;
    private static final int ATTEMPTS = 1_000;

    /** The ports that this process has found, which may not be in use yet. */
    private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port of the loopback interface that is free for TCP and UDP at the time of the call; another process may take it afterwards.
     * Each call returns another port.
     *
     * @throws IllegalStateException if hardly any port is free
     */
    public static int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port) && FOUND.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from %d to %d in %d attempts".formatted(FIRST, LAST, ATTEMPTS));
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
