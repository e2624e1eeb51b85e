package io.orderly.contracts.event;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Require;
import java.util.List;

/** An order was accepted. */
public record OrderPlaced(OrderId orderId, CustomerId customerId, List<OrderLine> lines, Money total)
        implements OrderEvent {

    public OrderPlaced {
        Require.present(orderId, "orderId");
        Require.present(customerId, "customerId");
        lines = Require.lines(lines, "lines");
        Require.positive(total, "total");
    }
}
