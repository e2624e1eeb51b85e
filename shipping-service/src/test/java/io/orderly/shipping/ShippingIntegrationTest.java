package io.orderly.shipping;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.Address;
import io.orderly.contracts.Message;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.kit.testing.KafkaTap;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Base class of the integration tests: one shipping-service with PostgreSQL and Kafka. Each test uses its own region,
 * with codes that ISO 3166-1 reserves for users.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "orderly.consuming.concurrency=4",
            "orderly.shipping.horizon-days=" + ShippingIntegrationTest.HORIZON_DAYS,
            "orderly.shipping.slots-per-day.XA=1000",
            "orderly.shipping.slots-per-day.XB=1",
            "orderly.shipping.slots-per-day.XC=3",
            "orderly.shipping.slots-per-day.XD=2",
            "orderly.shipping.slots-per-day.XE=7",
            "orderly.shipping.slots-per-day.XF=7",
            "orderly.shipping.slots-per-day.XG=7",
            "orderly.shipping.slots-per-day.XH=5",
            "orderly.shipping.slots-per-day.XI=5",
            "orderly.shipping.slots-per-day.XJ=10",
            "orderly.shipping.slots-per-day.XK=1",
            "logging.level.org.apache.kafka=error"
        })
@Import(ShippingIntegrationTest.Noon.class)
public abstract class ShippingIntegrationTest {

    protected static final int HORIZON_DAYS = 14;

    private static final Map<String, String> BACKENDS = SharedBackends.springProperties("shipping");
    protected static final KafkaTap kafka =
            new KafkaTap(BACKENDS.get("spring.kafka.bootstrap-servers"), List.of(Topic.SAGA_REPLIES.topicName()));

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

    protected static OrderId newOrder() {
        return new OrderId(Generators.timeBasedEpochGenerator().generate());
    }

    protected static ScheduleShipment schedule(OrderId order, String region) {
        return new ScheduleShipment(order, new Address("Zoë O'Neill", "Žižkova 1", "東京", "10115", region));
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

    /** The clock starts at noon, so that the date does not change during the tests. */
    @TestConfiguration
    static class Noon {

        @Bean
        Clock wallClock() {
            Clock utc = Clock.systemUTC();
            Duration sinceNoon = Duration.between(LocalTime.NOON, LocalTime.now(utc));
            return Clock.offset(
                    utc,
                    sinceNoon.isNegative()
                            ? sinceNoon.negated()
                            : Duration.ofDays(1).minus(sinceNoon));
        }
    }
}
