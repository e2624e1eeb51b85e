package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** Its lines are reserved. */
public record InventoryReserved(OrderId orderId) implements OrderEvent {

    public InventoryReserved {
        Require.present(orderId, "orderId");
    }
}
