package io.orderly.stack.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an order-service that answers from a script. */
class OrderDeskTest {

    private static final String PLACED =
            "{\"seq\":1,\"kind\":\"PLACED\",\"at\":\"2026-11-23T04:30:00Z\",\"lamportTime\":1}";
    private static final String REJECTED = """
            {"seq":2,"kind":"REJECTED","step":"CHARGE_PAYMENT","at":"2026-11-23T04:30:00.250Z","lamportTime":17,
             "cause":{"reason":"INSUFFICIENT_FUNDS","detail":"Not enough"}}""";

    private final Queue<Integer> statusesOfPosts = new ArrayDeque<>();
    private final Queue<String> timelines = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/orders", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().add("Location", "/orders/o-1");
                answer(exchange, statusesOfPosts.remove(), "{\"title\":\"a problem\"}");
            } else {
                answer(exchange, 200, timelines.size() > 1 ? timelines.remove() : timelines.element());
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void followsAnOrderToItsEnd() throws InterruptedException {
        statusesOfPosts.add(202);
        timelines.addAll(List.of(timeline("PENDING", PLACED), timeline("REJECTED", PLACED + "," + REJECTED)));
        Timeline timeline = desk(Duration.ofSeconds(20)).place("broke", "PENCIL-HB");
        assertThat(timeline.status()).isEqualTo("REJECTED");
        assertThat(timeline.duration()).isEqualTo(Duration.ofMillis(250));
        assertThat(timeline.toString().lines())
                .containsExactly(
                        "      since   Lamport  what       step",
                        "       0 ms         1  PLACED",
                        "     250 ms        17  REJECTED   CHARGE_PAYMENT      INSUFFICIENT_FUNDS: Not enough");
    }

    @Test
    void triesAgainWhileTheCatalogueIsOnItsWay() throws InterruptedException {
        statusesOfPosts.addAll(List.of(422, 422, 202));
        timelines.add(timeline("CONFIRMED", PLACED));
        assertThat(desk(Duration.ofSeconds(20)).place("ada", "PENCIL-HB").status())
                .isEqualTo("CONFIRMED");
    }

    @Test
    void saysWhyAnOrderIsRefused() {
        statusesOfPosts.add(400);
        assertThatThrownBy(() -> desk(Duration.ofSeconds(20)).place("ada", "PENCIL-HB"))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("400")
                .hasMessageContaining("a problem");
    }

    @Test
    void saysHowFarAnOrderCameThatDoesNotEnd() {
        statusesOfPosts.add(202);
        timelines.add(timeline("PENDING", PLACED));
        assertThatThrownBy(() -> desk(Duration.ofMillis(100)).place("ada", "PENCIL-HB"))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("the order of ada has not ended")
                .hasMessageContaining("PLACED");
    }

    private OrderDesk desk(Duration patience) {
        return new OrderDesk(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), patience);
    }

    private static String timeline(String status, String entries) {
        return "{\"orderId\":\"o-1\",\"status\":\"%s\",\"entries\":[%s]}".formatted(status, entries);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
