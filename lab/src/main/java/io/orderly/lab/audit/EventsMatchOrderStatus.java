package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;
import io.orderly.lab.evidence.PublishedEvents.PublishedEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The events of an order, without duplicates, start with its placement. The events of a completed order contain exactly
 * one terminal event, which matches its status and is the last event.
 */
final class EventsMatchOrderStatus implements Invariant {

    private static final String FIRST_EVENT = "OrderPlaced";

    private static final Map<Status, String> TERMINAL_EVENTS = new EnumMap<>(Map.of(
            Status.CONFIRMED, "OrderConfirmed", Status.REJECTED, "OrderRejected", Status.CANCELLED, "OrderCancelled"));

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (OrderRow order : evidence.orders().orders().values()) {
            List<String> events = evidence.events().of(order.id()).stream()
                    .map(PublishedEvent::name)
                    .toList();
            if (events.isEmpty()
                    || !events.getFirst().equals(FIRST_EVENT)
                    || events.lastIndexOf(FIRST_EVENT) != 0
                    || !hasMatchingEnd(order.status(), events)) {
                violations.add(order.id(), "is %s, and its events are %s", order.status(), events);
            }
        }
    }

    private static boolean hasMatchingEnd(Status status, List<String> events) {
        List<String> ends =
                events.stream().filter(TERMINAL_EVENTS::containsValue).toList();
        return status.isTerminal()
                ? ends.equals(List.of(String.valueOf(TERMINAL_EVENTS.get(status))))
                        && events.getLast().equals(ends.getFirst())
                : ends.isEmpty();
    }
}
