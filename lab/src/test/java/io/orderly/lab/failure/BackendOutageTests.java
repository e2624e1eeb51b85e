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

/** Kafka is away, or PostgreSQL, or the database of one service. */
abstract class BackendOutageTests {

    private static final Duration START = Duration.ofMinutes(1);
    private static final String UNAVAILABLE = "/problems/unavailable";

    /** Needs the service's database. */
    private static final String READS_DATABASE = "/dead-letters";

    private final IsolatedSystem system;
    private final SystemClient shop;

    BackendOutageTests(IsolatedSystem system, SystemClient shop) {
        this.system = system;
        this.shop = shop;
    }

    @Test
    void ordersAreAcceptedWithoutKafkaAndGoOnWhenItIsBack() throws Exception {
        ManagedProcess kafka = system.process(Topology.KAFKA);
        kafka.kill();
        List<OrderId> accepted = shop.place(3);
        for (OrderId order : accepted) {
            shop.awaitSaga(order, "FORWARD", "RESERVE_INVENTORY");
        }
        SystemClient.SERVICES.forEach(this::assertServes);

        kafka.start();
        kafka.awaitReady(START);
        accepted.forEach(order -> shop.awaitStatus(order, "CONFIRMED"));
        shop.audit();
    }

    @Test
    void withoutInventoryDatabaseSagasWait() throws Exception {
        OrderId waiting;
        try (var _ = DatabaseOutage.of(system, "inventory")) {
            waiting = shop.place();
            assertUnavailable(Topology.INVENTORY);
            List.of(Topology.ORDER, Topology.PAYMENT, Topology.SHIPPING).forEach(this::assertServes);
            shop.awaitSaga(waiting, "FORWARD", "RESERVE_INVENTORY");
        }
        shop.awaitStatus(waiting, "CONFIRMED");
        shop.audit();
    }

    /** The first compensation is for the service that is away too, so the way back takes until that one is there again. */
    @Test
    void withoutShippingOrPaymentsDatabaseSagasTurnRoundAtTheirDeadline() throws Exception {
        OrderId unshipped;
        OrderId unpaid;
        OrderId waiting;
        try (var _ = DatabaseOutage.of(system, "shipping")) {
            unshipped = shop.place();
            shop.awaitSaga(unshipped, "FORWARD", "SCHEDULE_SHIPMENT");
            List.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT).forEach(this::assertServes);
            try (var _ = DatabaseOutage.of(system, "payments")) {
                unpaid = shop.place();
                shop.awaitSaga(unpaid, "FORWARD", "CHARGE_PAYMENT");
                atOnce(() -> assertUnavailable(Topology.SHIPPING), () -> assertUnavailable(Topology.PAYMENT));
                List.of(Topology.ORDER, Topology.INVENTORY).forEach(this::assertServes);
                shop.awaitSaga(unshipped, "COMPENSATING", "CANCEL_SHIPMENT");
                shop.awaitSaga(unpaid, "COMPENSATING", "REFUND_PAYMENT");
                waiting = shop.place();
                shop.awaitSaga(waiting, "FORWARD", "CHARGE_PAYMENT");
            }
        }
        shop.awaitStatus(waiting, "CONFIRMED");
        for (OrderId late : List.of(unshipped, unpaid)) {
            shop.awaitStatus(late, "REJECTED");
            assertThat(shop.order(late).path("cause").path("reason").stringValue())
                    .isEqualTo("STEP_TIMED_OUT");
        }
        shop.audit();
    }

    @Test
    void withoutOrdersDatabaseClientsAreToldAndSagasUnderWayGoOnAfterwards() throws Exception {
        PlannedOrder refused = shop.planOrder();
        OrderId underWay;
        try (var heldUp = BlockedReservations.of(system)) {
            underWay = shop.place();
            shop.awaitSaga(underWay, "FORWARD", "RESERVE_INVENTORY");
            try (var _ = DatabaseOutage.of(system, "orders")) {
                heldUp.release(); // its reply comes while nobody can take it
                atOnce(() -> assertUnavailable(Topology.ORDER), () -> assertRefused(refused));
                List.of(Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING).forEach(this::assertServes);
            }
        }
        shop.awaitStatus(underWay, "CONFIRMED");
        // the same key: had the refused request left anything behind, this would show
        shop.awaitStatus(shop.place(refused), "CONFIRMED");
        shop.audit();
    }

    @Test
    void withoutPostgreSqlEveryServiceLivesAndGoesOnAfterwards() throws Exception {
        PlannedOrder refused = shop.planOrder();
        ManagedProcess postgreSql = system.process(Topology.POSTGRESQL);
        OrderId underWay;
        try (var _ = BlockedReservations.of(system)) {
            underWay = shop.place();
            shop.awaitSaga(underWay, "FORWARD", "RESERVE_INVENTORY");
            postgreSql.stop();
        }
        atOnce(
                () -> assertRefused(refused),
                () -> assertUnavailable(Topology.ORDER),
                () -> assertUnavailable(Topology.INVENTORY),
                () -> assertUnavailable(Topology.PAYMENT),
                () -> assertUnavailable(Topology.SHIPPING));
        postgreSql.start();
        postgreSql.awaitReady(START);
        shop.awaitStatus(underWay, "CONFIRMED");
        shop.awaitStatus(shop.place(refused), "CONFIRMED");
        shop.audit();
    }

    /** Whoever finds its database away answers after seconds only. */
    private static void atOnce(Runnable... checks) {
        CompletableFuture.allOf(Stream.of(checks)
                        .map(check -> CompletableFuture.runAsync(
                                check, task -> Thread.ofVirtual().start(task)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private void assertRefused(PlannedOrder order) {
        assertThat(shop.tryToPlace(order).status()).isEqualTo(503);
    }

    private void assertServes(String service) {
        shop.answered(service, READS_DATABASE);
        assertLives(service);
    }

    private void assertUnavailable(String service) {
        Reply reply = shop.get(service, READS_DATABASE);
        assertThat(reply.status()).as("%s: %s", service, reply.body()).isEqualTo(503);
        assertThat(reply.problem()).isEqualTo(UNAVAILABLE);
        assertLives(service);
    }

    /** A restart would not help, so nobody must be led to think so. */
    private void assertLives(String service) {
        assertThat(shop.answered(service, "/actuator/health/liveness")
                        .path("status")
                        .stringValue())
                .isEqualTo("UP");
    }
}
