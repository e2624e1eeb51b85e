package io.orderly.kit;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.kit.testing.OtlpReceiver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Base of the kit's integration tests: one service with one PostgreSQL and one Kafka. */
@SpringBootTest(classes = TestServiceApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class KitIntegrationTest {

    static final Map<String, String> BACKENDS = SharedBackends.springProperties("kit");
    static final KafkaTap kafka = new KafkaTap(
            BACKENDS.get("spring.kafka.bootstrap-servers"),
            Stream.of(Topic.values())
                    .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterTopicName()))
                    .toList());

    static final OtlpReceiver traces = OtlpReceiver.start();

    @Autowired
    TestServiceApplication.Effects effects;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactionManager;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
        registry.add("management.opentelemetry.tracing.export.otlp.endpoint", traces::url);
        registry.add("management.opentelemetry.tracing.export.schedule-delay", () -> "100ms");
    }

    @AfterEach
    void resetEffects() {
        effects.reset();
    }

    TransactionTemplate transactions() {
        return new TransactionTemplate(transactionManager);
    }

    static OrderId newOrder() {
        return new OrderId(Generators.timeBasedEpochGenerator().generate());
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    static List<?> replies(OrderId order) {
        return kafka.messages(Topic.SAGA_REPLIES.topicName(), order.toString());
    }

    static ReserveInventory reserve(OrderId order) {
        return new ReserveInventory(order, List.of(new OrderLine(new Sku("A-1"), 1)));
    }
}
