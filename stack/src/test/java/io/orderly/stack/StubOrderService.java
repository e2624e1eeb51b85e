package io.orderly.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts orders, each of which is confirmed at once. */
final class StubOrderService implements AutoCloseable {

    private final AtomicInteger accepted = new AtomicInteger();
    private final HttpServer server;
    private volatile int failFrom = Integer.MAX_VALUE;

    private StubOrderService(HttpServer server) {
        this.server = server;
    }

    static StubOrderService start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StubOrderService service = new StubOrderService(server);
        server.createContext("/orders", service::answer);
        server.start();
        return service;
    }

    URI url() {
        return Topology.url(server.getAddress().getPort());
    }

    /** How many orders were placed. */
    int accepted() {
        return accepted.get();
    }

    /** From this order on, placing one fails. */
    void failFrom(int order) {
        failFrom = order;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("POST")) {
            if (accepted.incrementAndGet() >= failFrom) {
                respond(exchange, 500, "application/json", "{}");
                return;
            }
            exchange.getResponseHeaders().add("Location", "/orders/" + UUID.randomUUID());
            respond(exchange, 202, "application/json", "{}");
        } else if (exchange.getRequestURI().getPath().endsWith("/timeline")) {
            respond(exchange, 200, "text/plain", "order");
        } else {
            respond(exchange, 200, "application/json", "{\"status\": \"CONFIRMED\"}");
        }
    }

    private static void respond(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
