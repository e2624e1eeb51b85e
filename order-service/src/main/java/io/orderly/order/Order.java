package io.orderly.order;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.SagaOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has ordered, at what price, and what has become of it. It comes into being together with its saga, which
 * also writes its status and cause; nothing else of it ever changes.
 *
 * @param cause why it was rejected or cancelled; null unless it was
 */
public record Order(
        OrderId id,
        CustomerId customer,
        List<PricedLine> lines,
        Address address,
        Money total,
        OrderStatus status,
        @Nullable Cause cause,
        Instant placedAt) {

    public Order {
        lines = List.copyOf(lines);
    }

    /** An order that has just been accepted. */
    public static Order accepted(
            OrderId id, CustomerId customer, List<PricedLine> lines, Address address, Money total, Instant placedAt) {
        return new Order(id, customer, lines, address, total, OrderStatus.PENDING, null, placedAt);
    }

    /** What the saga needs to know of it. */
    public SagaOrder forSaga() {
        return new SagaOrder(
                id, customer, lines.stream().map(PricedLine::withoutPrice).toList(), total, address);
    }
}
