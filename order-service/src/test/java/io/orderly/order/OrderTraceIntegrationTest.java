package io.orderly.order;

import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.order.ScriptedParticipants.silentAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.OtlpReceiver.ReceivedSpan;
import org.junit.jupiter.api.Test;

/** The spans that the order-service exports. Its participants are scripts here, which export none and reply in the trace of the command. */
class OrderTraceIntegrationTest extends OrderServiceIntegrationTest {

    @Test
    void theSpansOfAnOrderFormOneTree() {
        OrderId order = placeOrder("alice");

        awaitStatus(order, "CONFIRMED");
        String trace = traceOf(order);
        await().untilAsserted(() -> assertThat(traces.tree(trace)).isEqualTo("""
                order-service: http post /orders
                  order-service: inventory.commands send
                  order-service: order.events send
                  order-service: order.saga-replies process
                    order-service: order.events send
                    order-service: order.saga-replies process
                      order-service: order.events send
                      order-service: order.saga-replies process
                        order-service: inventory.commands send
                        order-service: order.events send
                        order-service: order.saga-replies process
                          order-service: order.events send
                      order-service: shipping.commands send
                    order-service: payment.commands send
                """));
    }

    @Test
    void aDeadlineAndTheCompensationBelongToTheTree() {
        participants.play(silentAt(CHARGE_PAYMENT));
        OrderId order = placeOrder("carol");
        awaitStep(order, "CHARGE_PAYMENT");

        deadlineComes(order);

        awaitStatus(order, "REJECTED");
        String trace = traceOf(order);
        await().untilAsserted(() -> assertThat(traces.tree(trace)).isEqualTo("""
                order-service: http post /orders
                  order-service: inventory.commands send
                  order-service: order.events send
                  order-service: order.saga-replies process
                    order-service: order.events send
                    order-service: payment.commands send
                  order-service: saga deadline
                    order-service: order.saga-replies process
                      order-service: inventory.commands send
                      order-service: order.events send
                      order-service: order.saga-replies process
                        order-service: order.events send
                        order-service: order.events send
                    order-service: payment.commands send
                """));
    }

    @Test
    void aCancellationBelongsToTheTreeAndLinksToItsRequest() {
        participants.play(silentAt(CHARGE_PAYMENT));
        OrderId order = placeOrder("dave");
        awaitStep(order, "CHARGE_PAYMENT");

        api.post("/orders/" + order + "/cancellation");

        awaitStatus(order, "CANCELLED");
        String trace = traceOf(order);
        await().untilAsserted(() -> {
            assertThat(traces.tree(trace).lines())
                    .contains("  order-service: saga request")
                    .filteredOn(line -> !line.startsWith(" "))
                    .containsExactly("order-service: http post /orders");
            ReceivedSpan cancellation = traces.spans(trace).stream()
                    .filter(span -> span.name().equals("saga request"))
                    .findFirst()
                    .orElseThrow();
            assertThat(cancellation.linkedTraces()).hasSize(1);
            assertThat(traces.tree(cancellation.linkedTraces().getFirst()))
                    .isEqualTo("order-service: http post /orders/{id}/cancellation\n");
        });
    }

    private String traceOf(OrderId order) {
        return api.get("/orders/" + order + "/timeline")
                .json()
                .at("/entries/0/traceId")
                .asString();
    }
}
