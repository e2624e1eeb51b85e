package io.orderly.order;

import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.order.ScriptedParticipants.silentAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Two instances of the order-service share a database. */
class TwoInstancesIntegrationTest extends OrderServiceIntegrationTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Autowired
    @Qualifier("deadlinePoller") SmartLifecycle deadlinePoller;

    @BeforeEach
    void stopDeadlinePollerOfFirstInstance() {
        deadlinePoller.stop();
    }

    @AfterEach
    void restartDeadlinePollerOfFirstInstance() {
        deadlinePoller.start();
    }

    @Test
    void aDeadlineIsProcessedByAnotherInstance() {
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
            deadlinePoller.start();
            orders.forEach(this::deadlineComes);
            orders.forEach(each -> awaitStatus(each, "REJECTED"));
            assertThat(orders)
                    .allSatisfy(each -> assertThat(timeline(each))
                            .filteredOn("DEADLINE CHARGE_PAYMENT"::equals)
                            .hasSize(1));
        }
    }

    @Test
    void aJumpOfTheWallClockDoesNotMoveDeadlinesOfARunningProcess() {
        participants.play(silentAt(CHARGE_PAYMENT));
        OrderId running = placeOrder("mallory");
        OrderId due = placeOrder("mallory");
        OrderId dueLater = placeOrder("mallory");
        Stream.of(running, due, dueLater).forEach(each -> awaitStep(each, "CHARGE_PAYMENT"));
        var wallClock = new WallClock();

        try (ConfigurableApplicationContext _ = secondInstance(wallClock)) {
            wallClock.jump(HOUR);
            deadlineComes(due);
            awaitStatus(due, "REJECTED");
            assertThat(status(running)).isEqualTo("PENDING");

            wallClock.jump(HOUR.multipliedBy(-2));
            deadlineComes(dueLater);
            awaitStatus(dueLater, "REJECTED");
            assertThat(status(running)).isEqualTo("PENDING");
        }
    }

    @Test
    void anInstanceThatStartsWithADifferentWallClockUsesTheTimeOfTheRunningInstance() {
        participants.play(silentAt(CHARGE_PAYMENT));
        OrderId running = placeOrder("mallory");
        OrderId due = placeOrder("mallory");
        Stream.of(running, due).forEach(each -> awaitStep(each, "CHARGE_PAYMENT"));
        deadlinePoller.start();
        var wallClock = new WallClock();
        wallClock.jump(HOUR);

        try (ConfigurableApplicationContext _ = secondInstance(wallClock)) {
            deadlinePoller.stop();
            deadlineComes(due);
            awaitStatus(due, "REJECTED");
            assertThat(status(running)).isEqualTo("PENDING");
        }
    }

    @Test
    void aProcessThatStartsAloneUsesItsWallClock() {
        participants.play(silentAt(CHARGE_PAYMENT));
        OrderId order = placeOrder("mallory");
        awaitStep(order, "CHARGE_PAYMENT");
        var wallClock = new WallClock();
        wallClock.jump(HOUR);

        try (ConfigurableApplicationContext _ = secondInstance(wallClock)) {
            awaitStatus(order, "REJECTED");
        }
    }

    /** A wall clock that the test can set. */
    private static final class WallClock extends Clock {

        private volatile Duration offset = Duration.ZERO;

        void jump(Duration by) {
            offset = offset.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static ConfigurableApplicationContext secondInstance() {
        return secondInstance(Clock.systemUTC());
    }

    private static ConfigurableApplicationContext secondInstance(Clock wallClock) {
        Map<String, Object> properties = new HashMap<>(BACKENDS);
        properties.put("server.port", 0);
        return new SpringApplicationBuilder(OrderServiceApplication.class)
                .initializers(
                        context -> context.getEnvironment()
                                .getPropertySources()
                                .addFirst(new MapPropertySource("second instance", properties)),
                        context -> ((GenericApplicationContext) context)
                                .registerBean("wallClock", Clock.class, () -> wallClock))
                .run();
    }
}
