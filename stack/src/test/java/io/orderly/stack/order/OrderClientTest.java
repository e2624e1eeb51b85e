package io.orderly.stack.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderly.contracts.OrderId;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs against a stub of the order-service with scripted responses. */
class OrderClientTest {

    private static final OrderId ORDER = new OrderId(UUID.randomUUID());
    private static final String TABLE = "order o-1 is REJECTED after 250 ms\n      since   Lamport\n";

    private final Queue<Integer> statusesOfPosts = new ArrayDeque<>();
    private final List<String> keysOfPosts = new ArrayList<>();
    private final Queue<String> statusesOfOrder = new ArrayDeque<>();
    private int statusOfGets = 200;
    private String textType = "text/plain;charset=UTF-8";
    private String text = TABLE;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/orders", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                keysOfPosts.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                exchange.getResponseHeaders().add("Location", "/orders/" + ORDER);
                answer(exchange, statusesOfPosts.remove(), "{\"title\":\"a problem\"}");
            } else {
                boolean asText = exchange.getRequestHeaders().getFirst("Accept").equals("text/plain");
                exchange.getResponseHeaders().add("Content-Type", asText ? textType : "application/json");
                answer(exchange, statusOfGets, asText ? text : order());
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tracksAnOrderToItsFinalStatus() throws InterruptedException {
        statusesOfPosts.add(202);
        statusesOfOrder.addAll(List.of("PENDING", "REJECTED"));
        PlacedOrder order = client(Duration.ofSeconds(20)).place("broke", "PENCIL-HB");
        assertThat(order).isEqualTo(new PlacedOrder("REJECTED", TABLE));
    }

    @Test
    void retriesUntilTheCatalogueHasArrived() throws InterruptedException {
        statusesOfPosts.addAll(List.of(422, 422, 202));
        statusesOfOrder.add("CONFIRMED");
        assertThat(client(Duration.ofSeconds(20)).place("ada", "PENCIL-HB").status())
                .isEqualTo("CONFIRMED");
        assertThat(keysOfPosts).doesNotHaveDuplicates();
    }

    @Test
    void repeatsARequestWithItsKeyIfAGatewayHasLostTheInstance() throws InterruptedException {
        statusesOfPosts.addAll(List.of(502, 503, 409, 202));
        statusesOfOrder.add("CONFIRMED");
        assertThat(client(Duration.ofSeconds(20)).place("ada", "PENCIL-HB").status())
                .isEqualTo("CONFIRMED");
        assertThat(keysOfPosts).hasSize(4).containsOnly(keysOfPosts.getFirst());
    }

    @Test
    void reportsWhyAnOrderWasRejected() {
        statusesOfPosts.add(400);
        assertThatThrownBy(() -> client(Duration.ofSeconds(20)).place("ada", "PENCIL-HB"))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("400")
                .hasMessageContaining("a problem");
    }

    @Test
    void reportsTheTimelineOfAnIncompleteOrder() {
        statusesOfPosts.add(202);
        statusesOfOrder.add("PENDING");
        assertThatThrownBy(() -> client(Duration.ofMillis(100)).place("ada", "PENCIL-HB"))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("order " + ORDER + " is not complete")
                .hasMessageContaining("Lamport");
    }

    @Test
    void escapesControlCharactersInTheTimeline() throws InterruptedException {
        text = "order\u001b[2J\r\n" + "x".repeat(50_000) + "\n";
        assertThat(client(Duration.ZERO).timeline(ORDER).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(600).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void reportsAMissingOrder() {
        statusOfGets = 404;
        text = "{\"detail\":\"There is no order.\"}";
        assertThatThrownBy(() -> client(Duration.ZERO).timeline(ORDER))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageEndingWith(": There is no order.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "[]", "null", "{\"detail\": {}}"})
    void rejectsUnexpectedResponses(String body) {
        text = body;
        statusOfGets = 503;
        assertThatThrownBy(() -> client(Duration.ZERO).timeline(ORDER))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("503")
                .hasMessageNotContaining("\n");
        statusOfGets = 200;
        textType = "text/html";
        assertThatThrownBy(() -> client(Duration.ZERO).timeline(ORDER))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("did not respond like an order-service");
    }

    @Test
    void reportsThatTheOrderServiceIsUnavailable() {
        server.stop(0);
        assertThatThrownBy(() -> client(Duration.ZERO).timeline(ORDER))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("does not respond")
                .hasMessageNotContaining("\n");
    }

    private OrderClient client(Duration timeout) {
        return new OrderClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), timeout);
    }

    private String order() {
        String status = statusesOfOrder.size() > 1 ? statusesOfOrder.remove() : statusesOfOrder.element();
        return "{\"id\":\"%s\",\"status\":\"%s\"}".formatted(ORDER, status);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
