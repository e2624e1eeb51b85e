package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** The parked saga of the order was resumed, by an operator or by a replayed message. */
public record OrderResumed(OrderId orderId) implements OrderEvent {

    public OrderResumed {
        Require.present(orderId, "orderId");
    }
}
