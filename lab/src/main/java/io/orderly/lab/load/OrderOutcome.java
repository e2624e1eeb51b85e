package io.orderly.lab.load;

import io.orderly.contracts.MessageType;
import io.orderly.contracts.event.OrderCancelled;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderParked;
import io.orderly.contracts.event.OrderRejected;
import java.util.Optional;

/** The outcome of an order, derived from its public events. */
public enum OrderOutcome {
    CONFIRMED,
    REJECTED,
    CANCELLED,
    /** Not terminal: the saga waits for an operator. */
    PARKED,
    /** A query was answered. */
    SERVED;

    /** @return empty for an event that does not define an outcome */
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
