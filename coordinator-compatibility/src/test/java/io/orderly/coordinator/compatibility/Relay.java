package io.orderly.coordinator.compatibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Passes connections on to a member of this process; it can break them, or hold back what is sent. */
final class Relay implements AutoCloseable {

    private static final int BUFFER_BYTES = 8 << 10;

    private final int target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch held = new CountDownLatch(0);

    /** @param target the port of the member */
    Relay(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void breakConnections() {
        sockets.forEach(Relay::close);
    }

    /** Holds back all data in both directions. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    @Override
    public void close() throws IOException {
        server.close();
        release();
        breakConnections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException closed) {
                // the loop ends
            }
        }
    }

    /** Closes the connection of a client at once if the member does not accept one. */
    private void connect(Socket client) {
        sockets.add(client);
        try {
            Socket member = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(member);
            client.setTcpNoDelay(true);
            member.setTcpNoDelay(true);
            Thread.startVirtualThread(() -> pass(client, member));
            Thread.startVirtualThread(() -> pass(member, client));
        } catch (IOException down) {
            close(client);
            sockets.remove(client);
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                held.await();
                out.write(buffer, 0, read);
            }
        } catch (IOException broken) {
            // so is the other direction
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }
}
