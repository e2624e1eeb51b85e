package io.orderly.order.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Sku;
import io.orderly.order.Order;
import io.orderly.order.OrderStatus;
import io.orderly.order.PricedLine;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.SagaState.Rejected;
import io.orderly.order.saga.Transition.Moved;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SagaInstanceTest {

    private final Order order = Order.accepted(
            new OrderId(UUID.randomUUID()),
            new CustomerId("alice"),
            List.of(new PricedLine(new Sku("LAMP-1"), 2, Money.euros("12.50"))),
            new Address("Alice", "Lindenstr. 5", "Berlin", "10969", "DE"),
            Money.euros("25.00"),
            Instant.EPOCH);
    private final SagaInstance saga =
            SagaInstance.of(order, new Forward(SagaStep.RESERVE_INVENTORY, 1, Instant.EPOCH), 2, null);

    @Test
    void updatesItsOrder() {
        var rejected = new Rejected(new Cause("OUT_OF_STOCK", "none left"));

        saga.apply(new Moved(rejected, List.of(), List.of()), 4);

        assertThat(saga.state()).isEqualTo(rejected);
        assertThat(saga.timelineSize()).isEqualTo(4);
        assertThat(order.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(order.cause()).isEqualTo(rejected.cause());
    }

    @Test
    void rejectsAShrinkingTimeline() {
        var moved = new Moved(saga.state(), List.of(), List.of());

        assertThatIllegalArgumentException().isThrownBy(() -> saga.apply(moved, 1));
    }
}
