package io.orderly.lab.load;

import io.orderly.contracts.OrderId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings together what is heard of orders from two sides: the answers to requests, and the events on Kafka. Either may be
 * first. Safe for use by many threads.
 */
final class OrderTracker {

    private final Map<OrderId, News> news = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    /** Told once what an accepted order has come to. */
    @FunctionalInterface
    interface Ending {

        /** @param atNanos by {@link System#nanoTime} */
        void ended(OrderOutcome outcome, long atNanos);
    }

    /** What is known of an order from one side, while the other is awaited. */
    private sealed interface News {

        record Accepted(Ending ending) implements News {}

        record Ended(OrderOutcome outcome, long atNanos) implements News {}
    }

    void accepted(OrderId order, Ending ending) {
        news.compute(order, (_, before) -> {
            if (before instanceof News.Ended(OrderOutcome outcome, long atNanos)) {
                ending.ended(outcome, atNanos);
                return null;
            }
            inFlight.incrementAndGet();
            return new News.Accepted(ending);
        });
    }

    /** Events may come more than once; the first counts. */
    void ended(OrderId order, OrderOutcome outcome, long atNanos) {
        news.compute(order, (_, before) -> {
            if (before instanceof News.Accepted(Ending ending)) {
                inFlight.decrementAndGet();
                ending.ended(outcome, atNanos);
                return null;
            }
            return before == null ? new News.Ended(outcome, atNanos) : before;
        });
    }

    /** How many orders are known to be accepted, and not to have ended or been parked. */
    int inFlight() {
        return inFlight.get();
    }
}
