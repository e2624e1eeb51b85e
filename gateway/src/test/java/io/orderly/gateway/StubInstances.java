package io.orderly.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.Version;
import io.orderly.gossip.protocol.View;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Servers in place of instances of the order-service, and members that point to them. */
final class StubInstances {

    private static final int LONG_SECONDS = 60;

    private final List<AutoCloseable> servers = new ArrayList<>();

    /** @return the URL of a new server */
    String serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        servers.add(() -> server.stop(0));
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    BreakingServer breaking(String beginning) throws IOException {
        var server = new BreakingServer(beginning);
        servers.add(server);
        return server;
    }

    /** @return the URL of a port at which nothing listens */
    static String gone() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    static View.Member member(String id, Liveness liveness, String url) {
        var description = new MemberDescription(
                id, "order-service", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), url, 1);
        return new View.Member(new MemberRecord(description, 0, new Version(1, 0)), liveness, 1, 0, 0);
    }

    static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await(LONG_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
    }
}
