package io.orderly.order.saga;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import java.util.List;

/** The immutable data of an order that the saga's commands contain. */
public record SagaOrder(OrderId id, CustomerId customer, List<OrderLine> lines, Money total, Address address) {

    public SagaOrder {
        lines = List.copyOf(lines);
    }
}
