package io.orderly.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderly.contracts.OrderId;
import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.OrderResponse;
import io.orderly.lab.trial.ForeignSystem.Ending;
import io.orderly.lab.trial.ForeignSystem.Method;
import io.orderly.lab.trial.ForeignSystem.Placement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForeignOrdersTest {

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<OrderId, OrderOutcome> outcomes = new ConcurrentHashMap<>();
    private volatile int status = 201;
    private volatile String acknowledgement = "{\"order\": {\"id\": 17}}";
    private volatile String location = "";
    private volatile int viewStatus = 200;
    private volatile String view = "{\"state\": \"OPEN\"}";
    private HttpServer server;
    private ForeignOrders orders;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        orders = orders("order.id");
    }

    @AfterEach
    void stop() {
        orders.close();
        server.stop(0);
    }

    @Test
    void rendersTheTemplatesOfTheNumberAndItsKey() throws Exception {
        assertThat(orders.order(12).body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"n\": 12, \"key\": \"run-a-000012\"}");
        orders.send(orders.order(12));
        assertThat(requests.getFirst())
                .isEqualTo("PUT /orders/12 run-a-000012 application/json {\"n\": 12, \"key\": \"run-a-000012\"}");
        await().until(() -> requests.contains("GET /views/17/run-a-000012"));
    }

    @Test
    void reportsTheEndOfAnOrderWhenAResponseShowsIt() throws Exception {
        OrderResponse response = orders.send(orders.order(1));
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.outcome()).isNull();
        await().until(() -> requests.size() > 3);
        assertThat(outcomes).isEmpty();
        assertThat(orders.unended()).singleElement().asString().startsWith("order 17 with the key run-a-000001");

        viewStatus = 500;
        view = "{\"state\": \"DONE\"}";
        await().until(() -> orders.unended().getFirst().endsWith("last response: 500 {\"state\": \"DONE\"}"));
        assertThat(outcomes).as("an error shows no end").isEmpty();

        viewStatus = 200;
        await().until(() -> !outcomes.isEmpty());
        assertThat(outcomes).isEqualTo(Map.of(response.orderId(), OrderOutcome.CONFIRMED));
        assertThat(orders.unended()).isEmpty();
    }

    @Test
    void tellsWrongEndsFromRightOnes() throws Exception {
        view = "{\"state\": \"FAILED\"}";
        OrderResponse response = orders.send(orders.order(1));
        await().until(() -> outcomes.get(response.orderId()) == OrderOutcome.REJECTED);
    }

    @Test
    void takesTheIdFromTheLocationAndEncodesItInAPath() throws Exception {
        orders.close();
        orders = orders(null);
        location = "http://elsewhere/orders/a b";
        acknowledgement = "";
        orders.send(orders.order(1));
        await().until(() -> requests.contains("GET /views/a%20b/run-a-000001"));
    }

    @Test
    void aRefusalIsNoAcknowledgement() throws Exception {
        status = 400;
        assertThat(orders.send(orders.order(1))).isEqualTo(new OrderResponse(400, null));
        assertThat(orders.unended()).isEmpty();
    }

    @Test
    void anAcknowledgementWithoutAnIdIsAProblem() {
        acknowledgement = "<html>";
        assertThatThrownBy(() -> orders.send(orders.order(1))).isInstanceOf(IOException.class);
        assertThat(orders.problem()).isEqualTo("a response to an order had no id: 201 <html>");
        assertThat(orders.unended()).isEmpty();
    }

    private ForeignOrders orders(@Nullable String id) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        var started = new ForeignOrders(
                new Placement(
                        Method.PUT,
                        new Template(url + "/orders/${n}"),
                        Map.of("Idempotency-Key", new Template("${order.key}")),
                        new Template("{\"n\": ${n}, \"key\": \"${order.key}\"}"),
                        id,
                        Duration.ZERO),
                new Ending(
                        new Template(url + "/views/${order.id}/${order.key}"),
                        "state",
                        Set.of("DONE"),
                        Set.of("FAILED"),
                        Duration.ofMillis(10)),
                "run-a");
        started.follow((order, outcome, _) -> outcomes.put(order, outcome));
        return started;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String line =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
            boolean isView = exchange.getRequestMethod().equals("GET");
            if (isView) {
                requests.add(line);
            } else {
                requests.add("%s %s %s %s"
                        .formatted(
                                line,
                                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                                exchange.getRequestHeaders().getFirst("Content-Type"),
                                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.getResponseHeaders().add("Location", location);
            }
            byte[] body = (isView ? view : acknowledgement).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isView ? viewStatus : status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
