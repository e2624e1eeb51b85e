package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** The lines of the order are reserved. */
public record InventoryReserved(OrderId orderId) implements OrderEvent {

    public InventoryReserved {
        Require.present(orderId, "orderId");
    }
}
