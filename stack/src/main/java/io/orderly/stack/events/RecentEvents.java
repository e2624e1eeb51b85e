package io.orderly.stack.events;

import io.orderly.clock.HybridTimestamp;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Keeps the newest events, sorted by hybrid timestamp, because Kafka preserves the order only within a partition. It
 * keeps formatted lines up to a limit, so its memory is bounded for a topic of any size.
 */
public final class RecentEvents {

    private static final Comparator<Event> OLDEST_FIRST =
            Comparator.comparing(Event::time).thenComparingLong(Event::arrival);

    private final int limit;
    private final PriorityQueue<Event> events = new PriorityQueue<>(OLDEST_FIRST);
    private long arrivals;

    /** @param arrival the tie-breaker for events with the same time */
    private record Event(HybridTimestamp time, long arrival, String line) {}

    /** @param limit the maximum number of events */
    public RecentEvents(int limit) {
        this.limit = limit;
    }

    public void add(HybridTimestamp time, String line) {
        events.add(new Event(time, arrivals++, line));
        if (events.size() > limit) {
            events.remove();
        }
    }

    /** The lines of the kept events, the oldest first. */
    public List<String> lines() {
        return events.stream().sorted(OLDEST_FIRST).map(Event::line).toList();
    }

    /** The number of older events that were dropped. */
    public long leftOut() {
        return arrivals - events.size();
    }
}
