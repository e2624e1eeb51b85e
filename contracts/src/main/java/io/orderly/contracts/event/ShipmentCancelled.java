package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** Compensation: the shipment is cancelled. */
public record ShipmentCancelled(OrderId orderId) implements OrderEvent {

    public ShipmentCancelled {
        Require.present(orderId, "orderId");
    }
}
