package io.orderly.antipatterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.SharedBackends;
import io.orderly.chaos.CrashPoint;
import io.orderly.chaos.CrashPoints;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.kit.outbox.OutboxRow;
import io.orderly.kit.outbox.PublicationListener;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.order.OrderServiceApplication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Base class of the tests of order placement: one order-service with PostgreSQL and Kafka, and stub participants. */
@SpringBootTest(
        classes = OrderServiceApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            SingleServiceSettings.ORDER_DEFAULTS,
            SingleServiceSettings.ORDER_MIGRATIONS,
            // tests run recovery explicitly
            "orderly.distributed-transaction.manager.recovery-interval=1h"
        })
@Import(OrderServiceIntegrationTest.Crashes.class)
public abstract class OrderServiceIntegrationTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Crashes {

        @Bean
        @Primary
        CrashPoints orderedCrashes() {
            return crashes;
        }

        @Bean
        PublicationListener crashBeforePublication() {
            CrashPoint point = crashes.named("after-commit-before-publish");
            return new PublicationListener() {
                @Override
                public void committed(List<OutboxRow> rows) {
                    point.pass();
                }
            };
        }
    }

    private static final Map<String, String> BACKENDS = SharedBackends.springProperties("orders");

    protected static final KafkaTap kafka = new KafkaTap(
            SharedBackends.kafka().bootstrapServers(),
            List.of(Topic.ORDER_EVENTS.topicName(), Topic.INVENTORY_COMMANDS.topicName()));

    protected static final StubParticipantServer inventory = StubParticipantServer.start();
    protected static final StubParticipantServer payment = StubParticipantServer.start();
    protected static final StubParticipantServer shipping = StubParticipantServer.start();

    protected static final TestCrashPoints crashes = new TestCrashPoints();

    @Autowired
    protected JdbcClient jdbc;

    protected OrderServiceClient api;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
        registry.add("orderly.participants.inventory.url", inventory::url);
        registry.add("orderly.participants.payment.url", payment::url);
        registry.add("orderly.participants.shipping.url", shipping::url);
    }

    @BeforeEach
    void setUp(@LocalServerPort int port) {
        api = new OrderServiceClient(port);
        if (products() < 2) {
            kafka.send(new ProductChanged(new Sku("LAMP-1"), "A lamp", Money.euros("12.50"), 1));
            kafka.send(new ProductChanged(new Sku("CHAIR-7"), "A chair", Money.euros("99.99"), 1));
            await().until(() -> products() == 2);
        }
    }

    private long products() {
        return jdbc.sql("select count(*) from catalogue_products where sku in ('LAMP-1', 'CHAIR-7')")
                .query(Long.class)
                .single();
    }

    protected JsonNode order(OrderId id) {
        return api.get("/orders/" + id).json();
    }

    protected String status(OrderId id) {
        return order(id).get("status").asString();
    }

    /** Places an order with a saga and waits for its first command; all messages before it have then been sent. */
    protected void placeOrderByTheSaga() {
        OrderServiceClient.Answer answer = api.place(OrderServiceClient.order("later", "LAMP-1", 2));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        String id = answer.json().get("id").asString();
        await().until(() ->
                !kafka.messages(Topic.INVENTORY_COMMANDS.topicName(), id).isEmpty());
    }

    /** The kinds of the order's timeline entries. */
    protected List<String> timeline(OrderId id) {
        return api.get("/orders/" + id + "/timeline")
                .json()
                .get("entries")
                .valueStream()
                .map(entry -> entry.get("kind").asString())
                .toList();
    }

    protected List<String> events(OrderId id) {
        return kafka.messages(Topic.ORDER_EVENTS.topicName(), id.toString()).stream()
                .map(message -> message.getClass().getSimpleName())
                .toList();
    }

    protected static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }
}
