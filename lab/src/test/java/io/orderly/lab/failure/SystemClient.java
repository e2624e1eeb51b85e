package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.Database;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.lab.audit.Audit;
import io.orderly.lab.audit.AuditReport;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.load.JournalEntry;
import io.orderly.lab.load.JournalEntry.Answered;
import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.OrderMix;
import io.orderly.lab.load.OrderResponse;
import io.orderly.lab.load.PlannedOrder;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Topology;
import io.orderly.stack.coordinator.CoordinatorPorts;
import io.orderly.stack.coordinator.Coordinators;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the system's customer and operator APIs. It records the responses for the audit. */
final class SystemClient {

    static final List<String> SERVICES =
            List.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING);

    /** Covers a few messages and the longest back-off of their consumers, on a busy machine. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** Longer than a service needs to detect that its database is unavailable, on a busy machine. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A product with only ten units, which is not ordered. */
    private static final Sku RARE = new Sku("BOOK-FIRST-EDITION");

    private final IsolatedSystem system;
    private final OrderMix mix;
    private final List<JournalEntry> journal = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private int orders;

    SystemClient(IsolatedSystem system) throws IOException, InterruptedException {
        this.system = system;
        List<Sku> products = system.api().products();
        List<Sku> common =
                products.stream().filter(product -> !product.equals(RARE)).toList();
        this.mix = new OrderMix("failure", 1, common, 50, MixShares.ALL_ORDINARY);
        // the order-service rejects products that are not yet in its copy of the catalogue
        await().atMost(TIMEOUT).until(() -> productsKnownToTheOrderService() == products.size());
    }

    private int productsKnownToTheOrderService() {
        return ordersDatabase()
                .sql("select count(*) from catalogue_products")
                .query(Integer.class)
                .single();
    }

    /** Moves the deadline of the step that the order's saga awaits to the present, as if the step had taken too long. */
    void expireDeadline(OrderId order) {
        int sagas = ordersDatabase()
                .sql("update sagas set deadline_at = now() where order_id = ? and deadline_at > now()")
                .param(order.value())
                .update();
        assertThat(sagas).as("deadlines of %s that had not expired", order).isEqualTo(1);
    }

    private JdbcClient ordersDatabase() {
        Database orders = system.database("orders");
        return JdbcClient.create(new DriverManagerDataSource(orders.jdbcUrl(), orders.username(), orders.password()));
    }

    /**
     * @param problem the type of the problem, such as {@code /problems/unavailable}; empty if the response is not a
     *     problem
     */
    record Reply(int status, String problem, JsonNode body) {}

    PlannedOrder planOrder() {
        return mix.order(orders++);
    }

    OrderResponse tryToPlace(PlannedOrder order) {
        try {
            OrderResponse answer = system.api().send(order);
            journal.add(new Answered(order.key(), Instant.now(), answer));
            return answer;
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Places an order, and asserts that it is accepted. */
    OrderId place(PlannedOrder order) {
        OrderResponse answer = tryToPlace(order);
        assertThat(answer.status()).isEqualTo(202);
        return Objects.requireNonNull(answer.orderId());
    }

    OrderId place() {
        return place(planOrder());
    }

    List<OrderId> place(int count) {
        return IntStream.range(0, count).mapToObj(_ -> place()).toList();
    }

    JsonNode order(OrderId order) {
        return getOk(Topology.ORDER, "/orders/" + order);
    }

    JsonNode timeline(OrderId order) {
        return getOk(Topology.ORDER, "/orders/" + order + "/timeline?limit=200").path("entries");
    }

    void awaitStatus(OrderId order, String status) {
        await().atMost(TIMEOUT)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(order(order).path("status").stringValue())
                        .as("status of %s", order(order))
                        .isEqualTo(status));
    }

    /** @param phase such as {@code FORWARD} */
    void awaitSaga(OrderId order, String phase, String awaitedStep) {
        await().atMost(TIMEOUT).pollInterval(POLL).untilAsserted(() -> {
            JsonNode saga = order(order).path("saga");
            assertThat(saga.path("phase").stringValue()).as("phase of %s", saga).isEqualTo(phase);
            assertThat(saga.path("awaiting").stringValue()).isEqualTo(awaitedStep);
        });
    }

    /** Sends a GET request, and asserts that it succeeds. */
    JsonNode getOk(String process, String path) {
        Reply reply = get(process, path);
        assertThat(reply.status()).as("%s%s: %s", process, path, reply.body()).isEqualTo(200);
        return reply.body();
    }

    Reply get(String process, String path) {
        return send(HttpRequest.newBuilder(uri(process, path)).GET());
    }

    Reply post(String process, String path) {
        return send(HttpRequest.newBuilder(uri(process, path)).POST(BodyPublishers.noBody()));
    }

    /** Replaces the settings of the payment provider; missing settings have their defaults. */
    void setProvider(String json) {
        Reply reply = send(HttpRequest.newBuilder(uri(Topology.PROVIDER, "/settings"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    }

    private URI uri(String process, String path) {
        URI base = Coordinators.isMember(process) ? managementUrl(process) : system.url(process);
        return base.resolve(path);
    }

    /** A coordinator has one port for clients, and another one for people and metrics. */
    private URI managementUrl(String coordinator) {
        return system.process(coordinator).plan().ports().stream()
                .filter(port -> port.option().equals(CoordinatorPorts.HTTP_OPTION))
                .map(port -> Topology.url(port.number()))
                .findAny()
                .orElseThrow();
    }

    /** The metrics of a process, as Prometheus reads them; what the process says instead if it has none. */
    String prometheus(String process) {
        return exchange(HttpRequest.newBuilder(uri(process, "/actuator/prometheus")))
                .body();
    }

    private Reply send(HttpRequest.Builder request) {
        HttpResponse<String> answer = exchange(request);
        String mediaType = answer.headers().firstValue("Content-Type").orElse("");
        JsonNode body = JSON.readTree(answer.body());
        return new Reply(
                answer.statusCode(),
                mediaType.startsWith("application/problem+json")
                        ? body.path("type").stringValue("")
                        : "",
                body);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(CALL_TIMEOUT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until no work is pending, and asserts that the audit finds no violation. */
    Evidence audit() throws IOException, InterruptedException {
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> system.sources().pendingWork().isEmpty()
                        && system.sources().pendingWork().isEmpty());
        Evidence evidence = system.sources().gather(journal);
        AuditReport report = Audit.of(evidence);
        assertThat(report.violations()).as("%s", report).isEmpty();
        return evidence;
    }
}
