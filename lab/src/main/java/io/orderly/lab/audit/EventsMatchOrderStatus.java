package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;
import io.orderly.lab.evidence.PublishedEvents.PublishedEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The events of an order, copies left out, begin with its placing; of an order that has ended they tell exactly one end,
 * the right one, and tell it last.
 */
final class EventsMatchOrderStatus implements Invariant {

    private static final String BEGINNING = "OrderPlaced";

    private static final Map<Status, String> ENDS = new EnumMap<>(Map.of(
            Status.CONFIRMED, "OrderConfirmed", Status.REJECTED, "OrderRejected", Status.CANCELLED, "OrderCancelled"));

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (OrderRow order : evidence.orders().orders().values()) {
            List<String> story = evidence.events().of(order.id()).stream()
                    .map(PublishedEvent::name)
                    .toList();
            if (story.isEmpty()
                    || !story.getFirst().equals(BEGINNING)
                    || story.lastIndexOf(BEGINNING) != 0
                    || !endsRightly(order.status(), story)) {
                findings.add(order.id(), "is %s, and its events are %s", order.status(), story);
            }
        }
    }

    private static boolean endsRightly(Status status, List<String> story) {
        List<String> ends = story.stream().filter(ENDS::containsValue).toList();
        return status.isTerminal()
                ? ends.equals(List.of(String.valueOf(ENDS.get(status))))
                        && story.getLast().equals(ends.getFirst())
                : ends.isEmpty();
    }
}
