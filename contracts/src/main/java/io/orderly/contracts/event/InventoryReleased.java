package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** Compensation: nothing is reserved for the order any longer. */
public record InventoryReleased(OrderId orderId) implements OrderEvent {

    public InventoryReleased {
        Require.present(orderId, "orderId");
    }
}
