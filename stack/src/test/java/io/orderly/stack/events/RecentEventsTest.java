package io.orderly.stack.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    @Test
    void areSortedByTimeAndThenByArrival() {
        var events = new RecentEvents(10);
        events.add(new HybridTimestamp(2, 0), "c");
        events.add(new HybridTimestamp(3, 0), "e");
        events.add(new HybridTimestamp(1, 1), "b");
        events.add(new HybridTimestamp(2, 0), "d");
        events.add(new HybridTimestamp(1, 0), "a");
        assertThat(events.lines()).containsExactly("a", "b", "c", "d", "e");
        assertThat(events.leftOut()).isZero();
    }

    @Test
    void dropTheOldestEventsBeyondTheLimit() {
        var events = new RecentEvents(2);
        events.add(new HybridTimestamp(3, 0), "third");
        events.add(new HybridTimestamp(1, 0), "first");
        events.add(new HybridTimestamp(2, 0), "second");
        events.add(new HybridTimestamp(0, 0), "older than all kept events");
        assertThat(events.lines()).containsExactly("second", "third");
        assertThat(events.leftOut()).isEqualTo(2);
    }
}
