package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** All steps of the order are completed. */
public record OrderConfirmed(OrderId orderId) implements OrderEvent {

    public OrderConfirmed {
        Require.present(orderId, "orderId");
    }
}
