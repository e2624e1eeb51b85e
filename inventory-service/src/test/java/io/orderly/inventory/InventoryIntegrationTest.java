package io.orderly.inventory;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.Message;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.kit.testing.KafkaTap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The base of the integration tests: one inventory-service with one PostgreSQL and one Kafka. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "orderly.consuming.concurrency=4",
            "orderly.shards.check-interval=1h", // tests split and merge when they choose to
            "logging.level.org.apache.kafka=error"
        })
public abstract class InventoryIntegrationTest {

    protected static final Map<String, String> BACKENDS = SharedBackends.springProperties("inventory");
    protected static final KafkaTap kafka = new KafkaTap(
            BACKENDS.get("spring.kafka.bootstrap-servers"),
            List.of(
                    Topic.SAGA_REPLIES.topicName(),
                    Topic.PRODUCTS.topicName(),
                    Topic.INVENTORY_COMMANDS.deadLetterTopicName()));

    private static final AtomicInteger PRODUCTS = new AtomicInteger();

    @Autowired
    protected JdbcClient jdbc;

    @LocalServerPort
    private int port;

    protected RestTestClient http;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    /** Inserts a product that no other test uses. */
    protected Sku newProduct(long units) {
        Sku sku = new Sku("TEST-" + PRODUCTS.incrementAndGet());
        jdbc.sql("""
                        insert into products (sku, name, description, category, price, currency)
                        values (?, 'A test', 'For tests only', 'TOYS', 10.00, 'EUR')""").param(sku.value()).update();
        jdbc.sql("insert into stock (sku, seeded, on_hand) values (?, ?, ?)")
                .param(sku.value())
                .param(units)
                .param(units)
                .update();
        return sku;
    }

    protected static OrderId newOrder() {
        return new OrderId(Generators.timeBasedEpochGenerator().generate());
    }

    protected static List<Message> replies(OrderId order) {
        return kafka.messages(Topic.SAGA_REPLIES.topicName(), order.toString());
    }

    protected static List<Message> awaitReplies(OrderId order, int count) {
        await().until(() -> replies(order).size() >= count);
        return replies(order);
    }

    protected static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }
}
