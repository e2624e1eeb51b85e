package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.SharedBackends;
import io.orderly.contracts.Message;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.kit.testing.InMemorySettings;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.kit.testing.OtlpReceiver;
import io.orderly.kit.testing.RoundTrips;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The base of the integration tests: one order-service with one PostgreSQL, one Kafka and scripted participants. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({RoundTrips.class, InMemorySettings.class})
abstract class OrderServiceIntegrationTest {

    static final Map<String, String> BACKENDS = SharedBackends.springProperties("orders");
    private static final String BOOTSTRAP_SERVERS = SharedBackends.kafka().bootstrapServers();

    static final KafkaTap kafka = new KafkaTap(
            BOOTSTRAP_SERVERS, Stream.of(Topic.values()).map(Topic::topicName).toList());
    static final ScriptedParticipants participants = new ScriptedParticipants(BOOTSTRAP_SERVERS, kafka);

    static final StubInventoryServer inventory = StubInventoryServer.start();

    static final OtlpReceiver traces = OtlpReceiver.start();

    static final int MAX_STREAMS = 5;

    @Autowired
    JdbcClient jdbc;

    OrderServiceClient api;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
        registry.add("management.opentelemetry.tracing.export.otlp.endpoint", traces::url);
        registry.add("management.opentelemetry.tracing.export.schedule-delay", () -> "100ms");
        registry.add("orderly.streams.max-open", () -> MAX_STREAMS);
        registry.add("orderly.streams.heartbeat", () -> "200ms");
        registry.add("orderly.participants.inventory.url", inventory::url);
        registry.add("orderly.catalogue.max-wait", () -> "10s");
    }

    @BeforeEach
    void setUp(@LocalServerPort int port) {
        api = new OrderServiceClient(port);
        participants.play(ScriptedParticipants.COMPLETE_ALL);
        if (jdbc.sql("select count(*) from catalogue_products where sku in ('LAMP-1', 'CHAIR-7')")
                        .query(Long.class)
                        .single()
                < 2) {
            sell("LAMP-1", "12.50", 1);
            sell("CHAIR-7", "99.99", 1);
        }
    }

    @AfterEach
    void completeAllSteps() {
        participants.play(ScriptedParticipants.COMPLETE_ALL);
    }

    /** Publishes a product change and waits until the order-service has stored it. */
    void sell(String sku, String euros, long version) {
        kafka.send(new ProductChanged(new Sku(sku), "Product " + sku, Money.euros(euros), version));
        await().until(() -> jdbc.sql("select count(*) from catalogue_products where sku = ? and version >= ?")
                        .params(sku, version)
                        .query(Long.class)
                        .single()
                == 1);
    }

    OrderId placeOrder(String customer) {
        OrderServiceClient.Response answer = api.place(OrderJson.order(customer, "LAMP-1", 2));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return OrderId.of(answer.json().get("id").asString());
    }

    JsonNode order(OrderId id) {
        return api.get("/orders/" + id).json();
    }

    String status(OrderId id) {
        return order(id).get("status").asString();
    }

    void awaitStatus(OrderId id, String status) {
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo(status));
    }

    /** Waits until the saga awaits the reply of this step. */
    void awaitStep(OrderId id, String step) {
        await().untilAsserted(() ->
                assertThat(order(id).at("/saga/awaiting").asString()).isEqualTo(step));
    }

    /** Moves the saga's deadline into the past. */
    void deadlineComes(OrderId id) {
        jdbc.sql("update sagas set deadline_at = now() - interval '1 millisecond' where order_id = ?")
                .param(id.value())
                .update();
    }

    /** The timeline, each entry as {@code KIND step message} without absent fields. */
    List<String> timeline(OrderId id) {
        return api.get("/orders/" + id + "/timeline")
                .json()
                .get("entries")
                .valueStream()
                .map(entry -> Stream.of("kind", "step", "message")
                        .map(field -> entry.path(field).asString(""))
                        .filter(text -> !text.isEmpty())
                        .reduce((left, right) -> left + " " + right)
                        .orElse(""))
                .toList();
    }

    List<String> events(OrderId id) {
        return names(kafka.messages(Topic.ORDER_EVENTS.topicName(), id.toString()));
    }

    List<String> commands(OrderId id, Topic topic) {
        return names(kafka.messages(topic.topicName(), id.toString()));
    }

    private static List<String> names(List<Message> messages) {
        return messages.stream()
                .map(message -> message.getClass().getSimpleName())
                .toList();
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }
}
