package io.orderly.order;

import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.order.ScriptedParticipants.silentAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.MapPropertySource;

/** What one instance has begun another one can finish. */
class TwoInstancesIntegrationTest extends OrderServiceIntegrationTest {

    @Autowired
    @Qualifier("deadlineWatch") SmartLifecycle deadlineWatch;

    @BeforeEach
    void theFirstInstanceWatchesNoDeadlines() {
        deadlineWatch.stop();
    }

    @AfterEach
    void theFirstInstanceWatchesAgain() {
        deadlineWatch.start();
    }

    @Test
    void aDeadlineOutlivesTheProcessThatSetIt() {
        participants.play(silentAt(CHARGE_PAYMENT));
        OrderId order = placeOrder("mallory");
        awaitStep(order, "CHARGE_PAYMENT");
        deadlineComes(order);

        try (ConfigurableApplicationContext _ = secondInstance()) {
            awaitStatus(order, "REJECTED");
            assertThat(order(order).at("/cause/reason").asString()).isEqualTo("STEP_TIMED_OUT");
            assertThat(timeline(order))
                    .filteredOn("DEADLINE CHARGE_PAYMENT"::equals)
                    .hasSize(1);

            List<OrderId> orders =
                    IntStream.range(0, 20).mapToObj(_ -> placeOrder("mallory")).toList();
            orders.forEach(each -> awaitStep(each, "CHARGE_PAYMENT"));
            deadlineWatch.start();
            orders.forEach(this::deadlineComes);
            orders.forEach(each -> awaitStatus(each, "REJECTED"));
            assertThat(orders)
                    .allSatisfy(each -> assertThat(timeline(each))
                            .filteredOn("DEADLINE CHARGE_PAYMENT"::equals)
                            .hasSize(1));
        }
    }

    private static ConfigurableApplicationContext secondInstance() {
        Map<String, Object> properties = new HashMap<>(BACKENDS);
        properties.put("server.port", 0);
        return new SpringApplicationBuilder(OrderService.class)
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("second instance", properties)))
                .run();
    }
}
