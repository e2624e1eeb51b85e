package io.orderly.lab.load;

import io.orderly.contracts.MessageType;
import io.orderly.contracts.event.OrderCancelled;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderParked;
import io.orderly.contracts.event.OrderRejected;
import java.util.Optional;

/** What an order has come to, as its public events tell. */
public enum OrderOutcome {
    CONFIRMED,
    REJECTED,
    CANCELLED,
    /** Not an end, but as far as it goes by itself. */
    PARKED,
    /** It was a question, and was answered. */
    SERVED;

    /** @return empty for an event that ends nothing */
    public static Optional<OrderOutcome> of(String eventType) {
        return MessageType.named(eventType).map(MessageType::record).flatMap(OrderOutcome::of);
    }

    private static Optional<OrderOutcome> of(Class<?> event) {
        if (event == OrderConfirmed.class) {
            return Optional.of(CONFIRMED);
        } else if (event == OrderRejected.class) {
            return Optional.of(REJECTED);
        } else if (event == OrderCancelled.class) {
            return Optional.of(CANCELLED);
        } else if (event == OrderParked.class) {
            return Optional.of(PARKED);
        }
        return Optional.empty();
    }
}
