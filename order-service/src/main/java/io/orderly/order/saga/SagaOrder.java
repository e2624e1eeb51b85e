package io.orderly.order.saga;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import java.util.List;

/** What the saga's commands say about its order; never changes once the order is accepted. */
public record SagaOrder(OrderId id, CustomerId customer, List<OrderLine> lines, Money total, Address address) {

    public SagaOrder {
        lines = List.copyOf(lines);
    }
}
