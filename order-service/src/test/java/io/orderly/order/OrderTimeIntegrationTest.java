package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridClock;
import io.orderly.clock.HybridTimestamp;
import io.orderly.clock.TimestampAllocator;
import io.orderly.contracts.OrderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.JsonNode;

/** Two instances whose clocks are two hours apart, and timestamps from a common source in place of the coordinator. */
@Import(OrderTimeIntegrationTest.SharedTime.class)
class OrderTimeIntegrationTest extends OrderServiceIntegrationTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void ordersOfTwoInstancesSortInTheOrderInWhichTheyWerePlaced(@Autowired SharedTimestamps shared) {
        String customer = "c" + UUID.randomUUID();
        Instant before = Instant.now();
        try (ConfigurableApplicationContext second = secondInstance(shared, HOUR.negated())) {
            List<OrderServiceClient> instances = List.of(api, client(second));
            List<OrderId> placed = placeAlternately(instances, customer, 60);

            for (OrderServiceClient instance : instances) {
                assertThat(listed(instance, customer))
                        .extracting(order -> OrderId.of(order.get("id").asString()))
                        .isEqualTo(placed.reversed());
                assertThat(listed(instance, customer))
                        .extracting(order -> Instant.parse(order.get("placedAt").asString()))
                        .isSortedAccordingTo(Collections.reverseOrder())
                        .allSatisfy(at -> assertThat(at).isBetween(before.minus(MINUTE), before.plus(MINUTE)));
            }
        }
    }

    @Test
    void ordersArePlacedWithoutTheCommonSourceAndContinueItsTime(@Autowired SharedTimestamps shared) {
        String customer = "c" + UUID.randomUUID();
        try (ConfigurableApplicationContext second = secondInstance(shared, HOUR.negated())) {
            List<OrderServiceClient> instances = List.of(api, client(second));
            List<OrderId> placed = new ArrayList<>(placeAlternately(instances, customer, 10));
            shared.away = true;
            placed.addAll(placeAlternately(instances, customer, 10));
            shared.away = false;
            placed.addAll(placeAlternately(instances, customer, 10));

            assertThat(placed).doesNotHaveDuplicates();
            assertThat(listed(api, customer))
                    .hasSize(30)
                    .extracting(order -> Instant.parse(order.get("placedAt").asString()))
                    .allSatisfy(at -> assertThat(at)
                            .isBetween(
                                    Instant.now().minus(MINUTE), Instant.now().plus(MINUTE)));
        }
    }

    private static List<OrderId> placeAlternately(List<OrderServiceClient> instances, String customer, int count) {
        List<OrderId> placed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OrderServiceClient.Response answer =
                    instances.get(i % instances.size()).place(OrderJson.order(customer, "LAMP-1", 1));
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            placed.add(OrderId.of(answer.json().get("id").asString()));
        }
        return placed;
    }

    private static List<JsonNode> listed(OrderServiceClient instance, String customer) {
        return instance.get("/orders?limit=100&customer=" + customer)
                .json()
                .get("orders")
                .valueStream()
                .toList();
    }

    private static OrderServiceClient client(ConfigurableApplicationContext instance) {
        return new OrderServiceClient(
                ((WebServerApplicationContext) instance).getWebServer().getPort());
    }

    private static ConfigurableApplicationContext secondInstance(SharedTimestamps shared, Duration offset) {
        Map<String, Object> properties = new HashMap<>(BACKENDS);
        properties.put("server.port", 0);
        properties.put("orderly.order-time.retry-delay", "10ms");
        return new SpringApplicationBuilder(OrderServiceApplication.class)
                .initializers(
                        context -> context.getEnvironment()
                                .getPropertySources()
                                .addFirst(new MapPropertySource("second instance", properties)),
                        context -> {
                            var beans = (GenericApplicationContext) context;
                            beans.registerBean("wallClock", Clock.class, () -> offsetBy(offset));
                            beans.registerBean("sharedTimestamps", TimestampAllocator.class, () -> shared);
                        })
                .run();
    }

    private static Clock offsetBy(Duration offset) {
        return Clock.offset(Clock.system(ZoneOffset.UTC), offset);
    }

    @TestConfiguration
    static class SharedTime {

        @Bean
        Clock wallClock() {
            return offsetBy(HOUR);
        }

        @Bean
        SharedTimestamps sharedTimestamps() {
            return new SharedTimestamps();
        }
    }

    /** Allocates as the coordinator does, within this process. */
    static final class SharedTimestamps implements TimestampAllocator {

        private final HybridClock clock = new HybridClock(InstantSource.system(), Duration.ZERO, HybridTimestamp.MIN);
        private volatile boolean away;

        @Override
        public synchronized HybridTimestamp allocate(int count) {
            if (away) {
                throw new IllegalStateException("away");
            }
            HybridTimestamp first = clock.now();
            for (int i = 1; i < count; i++) {
                clock.now();
            }
            return first;
        }
    }
}
