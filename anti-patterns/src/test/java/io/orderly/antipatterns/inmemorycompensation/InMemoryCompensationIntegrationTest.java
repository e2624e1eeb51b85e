package io.orderly.antipatterns.inmemorycompensation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.orderly.antipatterns.OrderServiceClient;
import io.orderly.antipatterns.OrderServiceIntegrationTest;
import io.orderly.contracts.Command;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order placed by synchronous calls: compensated in reverse order, but only while its thread lives. */
class InMemoryCompensationIntegrationTest extends OrderServiceIntegrationTest {

    private static final String STEPS = "/anti-patterns/in-memory-compensation/steps";
    private static final List<SagaStep> steps = new CopyOnWriteArrayList<>();
    private static volatile @Nullable SagaStep declined;
    private static volatile @Nullable SagaStep unanswered;

    static {
        inventory.serve(STEPS, InMemoryCompensationIntegrationTest::take);
        payment.serve(STEPS, InMemoryCompensationIntegrationTest::take);
        shipping.serve(STEPS, InMemoryCompensationIntegrationTest::take);
    }

    private final String key = UUID.randomUUID().toString();

    private static void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String type = exchange.getRequestHeaders().getFirst("ce-type");
            var command = (Command)
                    MessageCodec.decode(type, exchange.getRequestBody().readAllBytes());
            steps.add(command.step());
            if (command.step() == unanswered) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            Message reply = command.step() == declined
                    ? new StepDeclined(command.orderId(), command.step(), "OUT_OF_STOCK", "nothing left")
                    : replyTo(command);
            byte[] body = MessageCodec.encode(reply);
            exchange.getResponseHeaders().set("ce-type", MessageType.of(reply).name());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Message replyTo(Command command) {
        OrderId order = command.orderId();
        return switch (command.step()) {
            case RESERVE_INVENTORY -> new StockReserved(order);
            case CHARGE_PAYMENT -> new ChargeCaptured(order, "pay-" + order, Money.euros("25.00"));
            case SCHEDULE_SHIPMENT ->
                new ShipmentBooked(order, UUID.randomUUID().toString(), LocalDate.of(2026, 12, 1));
            case COMMIT_RESERVATION -> new StockCommitted(order);
            case CANCEL_SHIPMENT -> new ShipmentWithdrawn(order);
            case REFUND_PAYMENT -> new ChargeReversed(order, Money.euros("25.00"));
            case RELEASE_INVENTORY -> new StockReleased(order);
        };
    }

    @BeforeEach
    void reset() {
        steps.clear();
        declined = null;
        unanswered = null;
    }

    @Test
    void theOrderLooksLikeAnyOther() {
        OrderServiceClient.Answer answer = place();

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        OrderId id = OrderId.of(answer.json().get("id").asString());
        assertThat(status(id)).isEqualTo("CONFIRMED");
        assertThat(timeline(id)).containsExactly("PLACED", "CONFIRMED");
        await().untilAsserted(() -> assertThat(events(id)).containsExactly("OrderPlaced", "OrderConfirmed"));
        assertThat(steps)
                .containsExactly(
                        SagaStep.RESERVE_INVENTORY,
                        SagaStep.CHARGE_PAYMENT,
                        SagaStep.SCHEDULE_SHIPMENT,
                        SagaStep.COMMIT_RESERVATION);
        assertThat(place().text()).isEqualTo(answer.text());
        assertThat(steps).hasSize(4);
    }

    @Test
    void aDeclineCompensatesEarlierStepsInReverseOrder() {
        declined = SagaStep.SCHEDULE_SHIPMENT;

        OrderServiceClient.Answer answer = place();

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/order-declined");
        assertThat(steps).endsWith(SagaStep.SCHEDULE_SHIPMENT, SagaStep.REFUND_PAYMENT, SagaStep.RELEASE_INVENTORY);
        declined = null;
        assertThat(place().status()).isEqualTo(201);
    }

    @Test
    void aStepWithAnUnknownOutcomeIsCompensatedToo() {
        unanswered = SagaStep.CHARGE_PAYMENT;

        OrderServiceClient.Answer answer = place();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("All steps were compensated");
        assertThat(steps)
                .containsExactly(
                        SagaStep.RESERVE_INVENTORY,
                        SagaStep.CHARGE_PAYMENT,
                        SagaStep.REFUND_PAYMENT,
                        SagaStep.RELEASE_INVENTORY);
    }

    /** A saga would retry this compensation indefinitely. */
    @Test
    void aFailedCompensationIsNotRetriedLater() {
        declined = SagaStep.CHARGE_PAYMENT;
        unanswered = SagaStep.RELEASE_INVENTORY;

        OrderServiceClient.Answer answer = place();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("Not all steps could be compensated");
        assertThat(steps).filteredOn(SagaStep.RELEASE_INVENTORY::equals).hasSize(3);
    }

    /** A weakness of the anti-pattern: all steps are executed for an order that does not exist. */
    @Test
    void aCrashBetweenTheStepsAndTheOrderLeavesTheEffectsOfTheSteps() {
        long before = countOfOrders();
        crashes.crashOnceAt("after-calls-before-order");

        assertThat(place().status()).isEqualTo(500);

        assertThat(steps).endsWith(SagaStep.COMMIT_RESERVATION);
        assertThat(countOfOrders()).isEqualTo(before);
    }

    /** Another weakness: the order exists, but its events are never sent. */
    @Test
    void aCrashAfterTheCommitLosesTheEvents() {
        crashes.crashOnceAt("after-commit-before-publish");

        place();
        OrderServiceClient.Answer answer = place();

        assertThat(answer.status()).isEqualTo(201);
        OrderId id = OrderId.of(answer.json().get("id").asString());
        assertThat(status(id)).isEqualTo("CONFIRMED");
        placeOrderByTheSaga(); // all earlier messages have been sent
        await().until(() ->
                jdbc.sql("select count(*) from outbox").query(Long.class).single() == 0);
        assertThat(events(id)).isEmpty();
    }

    private OrderServiceClient.Answer place() {
        return api.post(
                "/anti-patterns/in-memory-compensation/orders",
                OrderServiceClient.order("victor", "LAMP-1", 2),
                request -> request.header("Idempotency-Key", key));
    }

    private long countOfOrders() {
        return jdbc.sql("select count(*) from orders").query(Long.class).single();
    }
}
