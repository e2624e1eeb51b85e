package io.orderly.lab.evidence;

import io.orderly.contracts.OrderId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** The events on {@code order.events} by order, in the order of their offsets. */
public record PublishedEvents(Map<OrderId, List<PublishedEvent>> byOrder) {

    /**
     * @param id the id of the event; duplicates have the same id
     * @param name of the event, such as {@code OrderPlaced}
     */
    public record PublishedEvent(String id, String name) {}

    /** The order's events without duplicates, in the order of first publication. */
    public SequencedSet<PublishedEvent> of(OrderId order) {
        return new LinkedHashSet<>(byOrder.getOrDefault(order, List.of()));
    }

    static final class Collector {

        private final Map<OrderId, List<PublishedEvent>> byOrder = new LinkedHashMap<>();

        void add(OrderId order, PublishedEvent fact) {
            byOrder.computeIfAbsent(order, _ -> new ArrayList<>()).add(fact);
        }

        PublishedEvents events() {
            return new PublishedEvents(byOrder);
        }
    }
}
