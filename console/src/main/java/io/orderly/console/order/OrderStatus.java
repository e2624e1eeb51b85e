package io.orderly.console.order;

import io.orderly.contracts.event.OrderCancelled;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderEvent;
import io.orderly.contracts.event.OrderParked;
import io.orderly.contracts.event.OrderRejected;
import java.util.Optional;

/** The status of an order, as far as its events say. */
public enum OrderStatus {
    /** No event of the order was read: its first messages are older than what the console reads. */
    UNKNOWN,
    PENDING,
    PARKED,
    CONFIRMED,
    REJECTED,
    CANCELLED;

    /**
     * @param reason a code
     * @param detail a sentence
     */
    record Cause(String reason, String detail) {}

    /** Whether it does not change any more. */
    public boolean isFinal() {
        return this == CONFIRMED || this == REJECTED || this == CANCELLED;
    }

    /** The status after an event. A final status does not change, also if events arrive late. */
    OrderStatus after(OrderEvent event) {
        return switch (this) {
            case CONFIRMED, REJECTED, CANCELLED -> this;
            case UNKNOWN, PENDING, PARKED ->
                switch (event) {
                    case OrderConfirmed _ -> CONFIRMED;
                    case OrderRejected _ -> REJECTED;
                    case OrderCancelled _ -> CANCELLED;
                    case OrderParked _ -> PARKED;
                    default -> PENDING;
                };
        };
    }

    /** Why an order was rejected, cancelled or parked. */
    static Optional<Cause> causeOf(OrderEvent event) {
        return switch (event) {
            case OrderRejected rejected -> Optional.of(new Cause(rejected.reason(), rejected.detail()));
            case OrderCancelled cancelled -> Optional.of(new Cause(cancelled.reason(), cancelled.detail()));
            case OrderParked parked -> Optional.of(new Cause(parked.reason(), parked.detail()));
            default -> Optional.empty();
        };
    }
}
