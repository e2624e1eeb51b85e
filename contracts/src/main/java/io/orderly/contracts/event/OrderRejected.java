package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/**
 * The order could not be fulfilled; all completed steps are compensated.
 *
 * @param reason a stable code such as {@code OUT_OF_STOCK}
 * @param detail a sentence for human readers
 */
public record OrderRejected(OrderId orderId, String reason, String detail) implements OrderEvent {

    public OrderRejected {
        Require.present(orderId, "orderId");
        Require.code(reason, "reason");
        detail = Require.prose(detail, "detail");
    }
}
