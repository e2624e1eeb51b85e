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

    /** What is known of an order from one side, while the other is awaited. Times are those of {@link System#nanoTime}. */
    private sealed interface News {

        record Accepted(PhaseRecorder recorder, long intendedNanos, long acceptedNanos) implements News {

            void end(Outcome outcome, long atNanos) {
                recorder.ended(outcome, atNanos - intendedNanos, atNanos - acceptedNanos);
            }
        }

        record Ended(Outcome outcome, long atNanos) implements News {}
    }

    void accepted(OrderId order, PhaseRecorder recorder, long intendedNanos, long acceptedNanos) {
        var accepted = new News.Accepted(recorder, intendedNanos, acceptedNanos);
        news.compute(order, (_, before) -> {
            if (before instanceof News.Ended(Outcome outcome, long atNanos)) {
                accepted.end(outcome, atNanos);
                return null;
            }
            inFlight.incrementAndGet();
            return accepted;
        });
    }

    /** Events may come more than once; the first counts. */
    void ended(OrderId order, Outcome outcome, long atNanos) {
        news.compute(order, (_, before) -> {
            if (before instanceof News.Accepted accepted) {
                inFlight.decrementAndGet();
                accepted.end(outcome, atNanos);
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
