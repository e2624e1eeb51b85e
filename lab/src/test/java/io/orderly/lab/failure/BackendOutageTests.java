package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.lab.failure.SystemClient.Reply;
import io.orderly.lab.load.PlannedOrder;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Outages of Kafka, of PostgreSQL and of the databases of single services. */
abstract class BackendOutageTests {

    private static final Duration START = Duration.ofMinutes(3);
    private static final String UNAVAILABLE = "/problems/unavailable";

    /** A resource that reads from the service's database. */
    private static final String READS_DATABASE = "/dead-letters";

    private final IsolatedSystem system;
    private final SystemClient client;

    BackendOutageTests(IsolatedSystem system, SystemClient client) {
        this.system = system;
        this.client = client;
    }

    @Test
    void withoutKafkaOrdersAreAcceptedAndContinueWhenItIsAvailableAgain() throws Exception {
        ManagedProcess kafka = system.process(Topology.KAFKA);
        kafka.kill();
        List<OrderId> accepted = client.place(3);
        for (OrderId order : accepted) {
            client.awaitSaga(order, "FORWARD", "RESERVE_INVENTORY");
        }
        SystemClient.SERVICES.forEach(this::assertServes);

        kafka.start();
        kafka.awaitReady(START);
        accepted.forEach(order -> client.awaitStatus(order, "CONFIRMED"));
        client.audit();
    }

    @Test
    void withoutTheInventoryDatabaseSagasWait() throws Exception {
        OrderId waiting;
        try (var _ = DatabaseOutage.of(system, "inventory")) {
            waiting = client.place();
            assertUnavailable(Topology.INVENTORY);
            List.of(Topology.ORDER, Topology.PAYMENT, Topology.SHIPPING).forEach(this::assertServes);
            client.awaitSaga(waiting, "FORWARD", "RESERVE_INVENTORY");
        }
        client.awaitStatus(waiting, "CONFIRMED");
        client.audit();
    }

    /** The first compensation also needs the unavailable service, so compensation ends only after the outage. */
    @Test
    void withoutTheShippingOrPaymentsDatabaseSagasCompensateAtTheirDeadline() throws Exception {
        OrderId unshipped;
        OrderId unpaid;
        OrderId waiting;
        try (var _ = DatabaseOutage.of(system, "shipping")) {
            unshipped = client.place();
            client.awaitSaga(unshipped, "FORWARD", "SCHEDULE_SHIPMENT");
            List.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT).forEach(this::assertServes);
            try (var _ = DatabaseOutage.of(system, "payments")) {
                unpaid = client.place();
                client.awaitSaga(unpaid, "FORWARD", "CHARGE_PAYMENT");
                concurrently(() -> assertUnavailable(Topology.SHIPPING), () -> assertUnavailable(Topology.PAYMENT));
                List.of(Topology.ORDER, Topology.INVENTORY).forEach(this::assertServes);
                client.expireDeadline(unshipped);
                client.expireDeadline(unpaid);
                client.awaitSaga(unshipped, "COMPENSATING", "CANCEL_SHIPMENT");
                client.awaitSaga(unpaid, "COMPENSATING", "REFUND_PAYMENT");
                waiting = client.place();
                client.awaitSaga(waiting, "FORWARD", "CHARGE_PAYMENT");
            }
        }
        client.awaitStatus(waiting, "CONFIRMED");
        for (OrderId late : List.of(unshipped, unpaid)) {
            client.awaitStatus(late, "REJECTED");
            assertThat(client.order(late).path("cause").path("reason").stringValue())
                    .isEqualTo("STEP_TIMED_OUT");
        }
        client.audit();
    }

    @Test
    void withoutTheOrdersDatabaseRequestsFailWith503AndSagasInProgressContinueAfterwards() throws Exception {
        PlannedOrder refused = client.planOrder();
        OrderId inProgress;
        try (var blocked = BlockedReservations.of(system)) {
            inProgress = client.place();
            client.awaitSaga(inProgress, "FORWARD", "RESERVE_INVENTORY");
            try (var _ = DatabaseOutage.of(system, "orders")) {
                blocked.release(); // its reply arrives while the order-service cannot process it
                concurrently(() -> assertUnavailable(Topology.ORDER), () -> assertRefused(refused));
                List.of(Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING).forEach(this::assertServes);
            }
        }
        client.awaitStatus(inProgress, "CONFIRMED");
        // the same key: this would fail if the refused request had had any effect
        client.awaitStatus(client.place(refused), "CONFIRMED");
        client.audit();
    }

    @Test
    void withoutPostgreSqlEveryServiceStaysAliveAndContinuesAfterwards() throws Exception {
        PlannedOrder refused = client.planOrder();
        ManagedProcess postgreSql = system.process(Topology.POSTGRESQL);
        OrderId inProgress;
        try (var _ = BlockedReservations.of(system)) {
            inProgress = client.place();
            client.awaitSaga(inProgress, "FORWARD", "RESERVE_INVENTORY");
            postgreSql.stop();
        }
        concurrently(
                () -> assertRefused(refused),
                () -> assertUnavailable(Topology.ORDER),
                () -> assertUnavailable(Topology.INVENTORY),
                () -> assertUnavailable(Topology.PAYMENT),
                () -> assertUnavailable(Topology.SHIPPING));
        postgreSql.start();
        postgreSql.awaitReady(START);
        client.awaitStatus(inProgress, "CONFIRMED");
        client.awaitStatus(client.place(refused), "CONFIRMED");
        client.audit();
    }

    /** Runs checks concurrently, because a service without its database responds only after seconds. */
    private static void concurrently(Runnable... checks) {
        CompletableFuture.allOf(Stream.of(checks)
                        .map(check -> CompletableFuture.runAsync(
                                check, task -> Thread.ofVirtual().start(task)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private void assertRefused(PlannedOrder order) {
        assertThat(client.tryToPlace(order).status()).isEqualTo(503);
    }

    private void assertServes(String service) {
        client.getOk(service, READS_DATABASE);
        assertAlive(service);
    }

    private void assertUnavailable(String service) {
        Reply reply = client.get(service, READS_DATABASE);
        assertThat(reply.status()).as("%s: %s", service, reply.body()).isEqualTo(503);
        assertThat(reply.problem()).isEqualTo(UNAVAILABLE);
        assertAlive(service);
    }

    /** A restart would not help, so the liveness probe must not fail. */
    private void assertAlive(String service) {
        assertThat(client.getOk(service, "/actuator/health/liveness")
                        .path("status")
                        .stringValue())
                .isEqualTo("UP");
    }
}
