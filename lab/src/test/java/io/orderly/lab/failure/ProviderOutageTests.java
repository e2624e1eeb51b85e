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

/** Outages of the payment provider, and responses that arrive after the caller's timeout. */
abstract class ProviderOutageTests {

    /** The number of failed payments that opens the circuit breaker. */
    private static final int ENOUGH_TO_OPEN = 10;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final IsolatedSystem system;
    private final SystemClient client;

    ProviderOutageTests(IsolatedSystem system, SystemClient client) {
        this.system = system;
        this.client = client;
    }

    @Test
    void duringAnOutageOrdersWaitUntilTheirDeadline() throws Exception {
        client.setProvider("{\"outage\": true}");
        List<OrderId> late = client.place(ENOUGH_TO_OPEN);
        awaitBreaker("open");
        late.forEach(client::expireDeadline);
        late.forEach(order -> client.awaitSaga(order, "COMPENSATING", "REFUND_PAYMENT"));
        List<OrderId> waiting = client.place(3);
        waiting.forEach(order -> client.awaitSaga(order, "FORWARD", "CHARGE_PAYMENT"));

        client.setProvider("{}");
        waiting.forEach(order -> client.awaitStatus(order, "CONFIRMED"));
        late.forEach(order -> client.awaitStatus(order, "REJECTED"));
        awaitBreaker("closed");
        client.audit();
    }

    @Test
    void aChargeWhoseResponseTimedOutIsRefunded() throws Exception {
        client.setProvider("{\"latencyMillis\": 3000}"); // one second longer than the payment-service's timeout
        List<OrderId> late = client.place(ENOUGH_TO_OPEN);
        awaitBreaker("open");
        late.forEach(client::expireDeadline);
        late.forEach(order -> client.awaitSaga(order, "COMPENSATING", "REFUND_PAYMENT"));

        client.setProvider("{}");
        late.forEach(order -> client.awaitStatus(order, "REJECTED"));
        awaitBreaker("closed");
        Evidence evidence = client.audit();
        Set<String> references = late.stream().map(OrderId::toString).collect(Collectors.toSet());
        assertThat(evidence.book())
                .filteredOn(line -> references.contains(line.reference()))
                .as("charged once, after the caller's timeout, and refunded")
                .hasSize(late.size())
                .extracting(BookLine::status)
                .containsOnly(Status.REFUNDED);
    }

    private void awaitBreaker(String state) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            JsonNode measurements = client.getOk(
                            Topology.PAYMENT,
                            "/actuator/metrics/resilience4j.circuitbreaker.state?tag=name:provider&tag=state:" + state)
                    .path("measurements");
            assertThat(measurements.path(0).path("value").doubleValue()).isEqualTo(1);
        });
    }
}
