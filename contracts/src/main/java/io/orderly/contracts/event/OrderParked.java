package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/**
 * The saga of the order is parked: it cannot continue without an operator.
 *
 * @param reason a stable code such as {@code COMPENSATION_FAILED}
 * @param detail a sentence for human readers
 */
public record OrderParked(OrderId orderId, String reason, String detail) implements OrderEvent {

    public OrderParked {
        Require.present(orderId, "orderId");
        Require.code(reason, "reason");
        detail = Require.prose(detail, "detail");
    }
}
