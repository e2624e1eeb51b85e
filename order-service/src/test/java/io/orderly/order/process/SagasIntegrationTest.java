package io.orderly.order.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.kit.testing.RepositorySlice;
import io.orderly.order.Order;
import io.orderly.order.OrderStatus;
import io.orderly.order.Orders;
import io.orderly.order.SampleOrders;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.ParkReason;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Compensating;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Rejected;
import io.orderly.order.saga.Transition.Moved;
import io.orderly.partitions.PartitionId;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Limit;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

class SagasIntegrationTest extends RepositorySlice {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @Autowired
    Orders orders;

    @Autowired
    Sagas sagas;

    @Autowired
    EntityManager entities;

    static Stream<SagaState> states() {
        var rejected = new Rejected(new Cause("OUT_OF_STOCK", "none left"));
        Active forward = new Forward(SagaStep.CHARGE_PAYMENT, 2, NOW);
        Active compensating =
                new Compensating(List.of(SagaStep.REFUND_PAYMENT, SagaStep.RELEASE_INVENTORY), 1, NOW, rejected);
        return Stream.of(
                forward,
                compensating,
                new Parked(ParkReason.DEAD_LETTERED, "poison", compensating),
                new Confirmed(),
                rejected);
    }

    @ParameterizedTest
    @MethodSource("states")
    void restoresAStoredSagaAndItsOrder(SagaState state) {
        Order order = store(state);

        SagaInstance stored = sagas.find(order.id()).orElseThrow();

        assertThat(stored.state()).isEqualTo(state);
        assertThat(stored.timelineSize()).isEqualTo(3);
        assertThat(stored.order())
                .usingRecursiveComparison()
                .ignoringFields("isStored")
                .isEqualTo(order);
    }

    @ParameterizedTest
    @MethodSource("states")
    void updatesASagaToTheLastStateOfTheTransaction(SagaState state) {
        OrderId moved = store(forward(NOW.minusSeconds(60))).id();
        OrderId other = store(forward(NOW)).id();

        SagaInstance saga = sagas.lock(List.of(moved)).getFirst();
        apply(saga, forward(NOW), 4);
        apply(saga, state, 5);
        endTransaction();

        SagaInstance stored = sagas.find(moved).orElseThrow();
        assertThat(stored.state()).isEqualTo(state);
        assertThat(stored.timelineSize()).isEqualTo(5);
        assertThat(stored.order().status()).isEqualTo(OrderStatus.of(state));
        assertThat(sagas.find(other).orElseThrow().state()).isEqualTo(forward(NOW));
    }

    @Test
    void anUpdateOfASagaThatIsNotStoredFails() {
        Order order = SampleOrders.of("alice");

        sagas.update(SagaInstance.of(order, new Confirmed(), 1, null));

        assertThatThrownBy(this::endTransaction)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("of 1 sagas that moved, 0 are stored");
    }

    @Test
    void findsNoSagaOfAnUnknownOrder() {
        assertThat(sagas.find(new OrderId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void locksTheKnownSagasInTheOrderOfTheirIds() {
        OrderId first = store(forward(NOW)).id();
        OrderId second = store(forward(NOW)).id();

        List<SagaInstance> locked = sagas.lock(List.of(second, new OrderId(UUID.randomUUID()), first, second));

        assertThat(locked).extracting(SagaInstance::id).containsExactly(first, second);
    }

    @Test
    void findsWhenTheOldestOrderWasPlacedWhoseSagaRuns() {
        store(new Confirmed());
        store(new Parked(ParkReason.PARKED_BY_OPERATOR, "stopped", forward(NOW)));
        assertThat(sagas.oldestUnfinished()).isEmpty();

        Order running = store(forward(NOW));
        assertThat(sagas.oldestUnfinished()).contains(running.placedAt());
    }

    @Test
    void locksOverdueSagasThatAreNotParkedTheLongestOverdueFirst() {
        OrderId due = store(forward(NOW)).id();
        OrderId overdue = store(forward(NOW.minusSeconds(9))).id();
        store(forward(NOW.plusMillis(1)));
        store(new Parked(ParkReason.PARKED_BY_OPERATOR, "stopped", forward(NOW.minusSeconds(99))));
        store(new Confirmed());

        Set<PartitionId> all = Set.copyOf(PartitionId.all());
        assertThat(sagas.lockOverdue(NOW, all, Limit.of(10)))
                .extracting(SagaInstance::id)
                .containsExactly(overdue, due);
        assertThat(sagas.lockOverdue(NOW, all, Limit.of(1)))
                .extracting(SagaInstance::id)
                .containsExactly(overdue);
    }

    @Test
    void locksNoOverdueSagaOfAnotherPartition() {
        OrderId overdue = store(forward(NOW.minusSeconds(9))).id();
        PartitionId own = PartitionId.of(overdue.value());
        Set<PartitionId> others = new HashSet<>(PartitionId.all());
        others.remove(own);

        assertThat(sagas.lockOverdue(NOW, others, Limit.of(10)))
                .extracting(SagaInstance::id)
                .doesNotContain(overdue);
        assertThat(sagas.lockOverdue(NOW, Set.of(own), Limit.of(10)))
                .extracting(SagaInstance::id)
                .contains(overdue);
    }

    @Test
    void countsParkedSagas() {
        store(forward(NOW));
        store(new Parked(ParkReason.PARKED_BY_OPERATOR, "stopped", forward(NOW)));

        assertThat(sagas.countParked()).isEqualTo(1);
    }

    /** Writes what the transaction has collected, as a commit does; the transaction itself is rolled back. */
    private void endTransaction() {
        TransactionSynchronizationUtils.triggerBeforeCommit(false);
        entities.clear();
    }

    private void apply(SagaInstance saga, SagaState state, int timelineSize) {
        saga.apply(new Moved(state, List.of(), List.of()), timelineSize);
        sagas.update(saga);
    }

    private static Forward forward(Instant deadline) {
        return new Forward(SagaStep.CHARGE_PAYMENT, 1, deadline);
    }

    private Order store(SagaState state) {
        Order order = SampleOrders.of("alice");
        SagaInstance saga = SagaInstance.of(order, state, 3, null);
        orders.save(order);
        sagas.save(saga);
        flushAndClear();
        return order;
    }
}
