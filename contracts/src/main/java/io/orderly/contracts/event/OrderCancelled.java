package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/**
 * The order was cancelled; all completed steps are compensated.
 *
 * @param reason a stable code such as {@code CANCELLED_BY_CUSTOMER}
 * @param detail a sentence for human readers
 */
public record OrderCancelled(OrderId orderId, String reason, String detail) implements OrderEvent {

    public OrderCancelled {
        Require.present(orderId, "orderId");
        Require.code(reason, "reason");
        detail = Require.prose(detail, "detail");
    }
}
