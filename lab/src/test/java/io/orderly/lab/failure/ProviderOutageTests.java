package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.BookLine;
import io.orderly.lab.evidence.BookLine.Status;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The payment provider is away, or answers when nobody waits any more. */
abstract class ProviderOutageTests {

    /** So many payments in vain open the breaker. */
    private static final int ENOUGH_TO_OPEN = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final IsolatedSystem system;
    private final SystemClient shop;

    ProviderOutageTests(IsolatedSystem system, SystemClient shop) {
        this.system = system;
        this.shop = shop;
    }

    @Test
    void whileItIsAwayOrdersWaitUntilTheirDeadline() throws Exception {
        shop.setProvider("{\"outage\": true}");
        List<OrderId> late = shop.place(ENOUGH_TO_OPEN);
        awaitBreaker("open");
        late.forEach(order -> shop.awaitSaga(order, "COMPENSATING", "REFUND_PAYMENT"));
        List<OrderId> waiting = shop.place(3);
        waiting.forEach(order -> shop.awaitSaga(order, "FORWARD", "CHARGE_PAYMENT"));

        shop.setProvider("{}");
        waiting.forEach(order -> shop.awaitStatus(order, "CONFIRMED"));
        late.forEach(order -> shop.awaitStatus(order, "REJECTED"));
        awaitBreaker("closed");
        shop.audit();
    }

    @Test
    void aChargeThatTookEffectWithoutAnAnswerIsGivenBack() throws Exception {
        shop.setProvider("{\"latencyMillis\": 3000}"); // one second more than the payment-service waits for an answer
        List<OrderId> late = shop.place(ENOUGH_TO_OPEN);
        awaitBreaker("open");
        late.forEach(order -> shop.awaitSaga(order, "COMPENSATING", "REFUND_PAYMENT"));

        shop.setProvider("{}");
        late.forEach(order -> shop.awaitStatus(order, "REJECTED"));
        awaitBreaker("closed");
        Evidence evidence = shop.audit();
        Set<String> references = late.stream().map(OrderId::toString).collect(Collectors.toSet());
        assertThat(evidence.book())
                .filteredOn(line -> references.contains(line.reference()))
                .as("charged once, after its caller had gone, and given back")
                .hasSize(late.size())
                .extracting(BookLine::status)
                .containsOnly(Status.REFUNDED);
    }

    private void awaitBreaker(String state) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode measurements = shop.answered(
                            Topology.PAYMENT,
                            "/actuator/metrics/resilience4j.circuitbreaker.state?tag=name:provider&tag=state:" + state)
                    .path("measurements");
            assertThat(measurements.path(0).path("value").doubleValue()).isEqualTo(1);
        });
    }
}
