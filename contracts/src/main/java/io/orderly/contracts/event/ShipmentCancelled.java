package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** Compensated: no parcel will be sent. */
public record ShipmentCancelled(OrderId orderId) implements OrderEvent {

    public ShipmentCancelled {
        Require.present(orderId, "orderId");
    }
}
