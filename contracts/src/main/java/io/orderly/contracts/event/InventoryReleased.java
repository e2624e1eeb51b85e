package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** Compensated: nothing is reserved for it any more. */
public record InventoryReleased(OrderId orderId) implements OrderEvent {

    public InventoryReleased {
        Require.present(orderId, "orderId");
    }
}
