package io.orderly.stack.events;

import io.orderly.clock.HybridTimestamp;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The newest of all events that are added, in the order of their hybrid times. Kafka keeps the order within a partition
 * only. It holds lines rather than records, and no more of them than its limit, so that a topic of any size fits.
 */
public final class RecentEvents {

    private static final Comparator<Event> OLDEST_FIRST =
            Comparator.comparing(Event::time).thenComparingLong(Event::arrival);

    private final int limit;
    private final PriorityQueue<Event> events = new PriorityQueue<>(OLDEST_FIRST);
    private long arrivals;

    /** @param arrival orders events of the same time, such as those of a sender without a hybrid clock */
    private record Event(HybridTimestamp time, long arrival, String line) {}

    /** @param limit the number of events that are kept */
    public RecentEvents(int limit) {
        this.limit = limit;
    }

    public void add(HybridTimestamp time, String line) {
        events.add(new Event(time, arrivals++, line));
        if (events.size() > limit) {
            events.remove();
        }
    }

    /** The lines of the events that are kept, the oldest first. */
    public List<String> lines() {
        return events.stream().sorted(OLDEST_FIRST).map(Event::line).toList();
    }

    /** How many older events were dropped for the limit. */
    public long leftOut() {
        return arrivals - events.size();
    }
}
