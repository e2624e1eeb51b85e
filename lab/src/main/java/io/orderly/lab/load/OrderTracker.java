package io.orderly.lab.load;

import io.orderly.contracts.OrderId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Correlates the responses to requests with the order events from Kafka, which may arrive in either order. Thread-safe.
 */
final class OrderTracker {

    private final Map<OrderId, PartialOrder> partialOrders = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    /** Receives the outcome of an accepted order, once. */
    @FunctionalInterface
    interface OutcomeListener {

        /** @param atNanos a value of {@link System#nanoTime} */
        void ended(OrderOutcome outcome, long atNanos);
    }

    /** An order for which one of the two is known. */
    private sealed interface PartialOrder {

        record Accepted(OutcomeListener listener) implements PartialOrder {}

        record Ended(OrderOutcome outcome, long atNanos) implements PartialOrder {}
    }

    void accepted(OrderId order, OutcomeListener listener) {
        partialOrders.compute(order, (_, before) -> {
            if (before instanceof PartialOrder.Ended(OrderOutcome outcome, long atNanos)) {
                listener.ended(outcome, atNanos);
                return null;
            }
            inFlight.incrementAndGet();
            return new PartialOrder.Accepted(listener);
        });
    }

    /** Records an outcome. Duplicate events are ignored. */
    void ended(OrderId order, OrderOutcome outcome, long atNanos) {
        partialOrders.compute(order, (_, before) -> {
            if (before instanceof PartialOrder.Accepted(OutcomeListener listener)) {
                inFlight.decrementAndGet();
                listener.ended(outcome, atNanos);
                return null;
            }
            return before == null ? new PartialOrder.Ended(outcome, atNanos) : before;
        });
    }

    /** The number of accepted orders without an outcome. */
    int inFlight() {
        return inFlight.get();
    }
}
