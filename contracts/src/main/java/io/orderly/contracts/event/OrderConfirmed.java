package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** All is done. */
public record OrderConfirmed(OrderId orderId) implements OrderEvent {

    public OrderConfirmed {
        Require.present(orderId, "orderId");
    }
}
