package io.orderly.antipatterns;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.shipping.ShippingServiceApplication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** Base class of tests of a participant, with the shipping-service, which has the fewest tables. */
@SpringBootTest(
        classes = ShippingServiceApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            SingleServiceSettings.SHIPPING_DEFAULTS,
            SingleServiceSettings.SHIPPING_MIGRATIONS,
            "orderly.shipping.slots-per-day.XH=5",
            "orderly.shipping.slots-per-day.XI=5",
            // short, because some tests wait for the timeout
            "orderly.distributed-transaction.lock-timeout=300ms"
        })
public abstract class ShippingIntegrationTest {

    protected static final Map<String, String> BACKENDS = SharedBackends.springProperties("shipping");

    protected static final KafkaTap kafka =
            new KafkaTap(BACKENDS.get("spring.kafka.bootstrap-servers"), List.of(Topic.SAGA_REPLIES.topicName()));

    @Autowired
    protected JdbcClient jdbc;

    protected RestTestClient http;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    protected static OrderId newOrder() {
        return new OrderId(Generators.timeBasedEpochGenerator().generate());
    }

    protected static ScheduleShipment schedule(OrderId order, String region) {
        return new ScheduleShipment(order, new Address("Zoë O'Neill", "Žižkova 1", "東京", "10115", region));
    }

    protected long shipmentsOf(OrderId order) {
        return jdbc.sql("select count(*) from shipments where order_id = ? and state = 'SCHEDULED'")
                .param(order.value())
                .query(Long.class)
                .single();
    }

    protected static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }
}
