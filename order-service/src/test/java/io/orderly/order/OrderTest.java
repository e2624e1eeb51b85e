package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Sku;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.ParkReason;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final Forward UNDER_WAY = new Forward(SagaStep.CHARGE_PAYMENT, 1, Instant.EPOCH);

    private final Order order = Order.accepted(
            new OrderId(UUID.randomUUID()),
            new CustomerId("alice"),
            List.of(new PricedLine(new Sku("LAMP-1"), 2, Money.euros("12.50"))),
            new Address("Alice", "Lindenstr. 5", "Berlin", "10969", "DE"),
            Money.euros("25.00"),
            Instant.EPOCH);

    @Test
    void isPendingInitially() {
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(order.cause()).isNull();
    }

    @Test
    void hasACauseOnlyIfRejectedOrCancelled() {
        var cause = new Cause("OUT_OF_STOCK", "none left");

        order.updateFrom(new Parked(ParkReason.PARKED_BY_OPERATOR, "stopped", UNDER_WAY));
        assertThat(order.status()).isEqualTo(OrderStatus.PARKED);
        assertThat(order.cause()).isNull();

        order.updateFrom(new Rejected(cause));
        assertThat(order.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(order.cause()).isEqualTo(cause);

        order.updateFrom(new Confirmed());
        assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(order.cause()).isNull();
    }

    @Test
    void givesTheSagaItsLinesWithoutPrices() {
        assertThat(order.toSagaOrder().lines())
                .containsExactly(order.lines().getFirst().withoutPrice());
        assertThat(order.toSagaOrder().total()).isEqualTo(Money.euros("25.00"));
    }
}
