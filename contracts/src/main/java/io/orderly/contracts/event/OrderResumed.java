package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** An operator, or a replayed message, set its parked saga going again. */
public record OrderResumed(OrderId orderId) implements OrderEvent {

    public OrderResumed {
        Require.present(orderId, "orderId");
    }
}
