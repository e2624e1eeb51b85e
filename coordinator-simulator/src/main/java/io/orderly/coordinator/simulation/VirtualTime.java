package io.orderly.coordinator.simulation;

import java.util.PriorityQueue;

/** The one clock and the one queue of a simulation. What is due at the same time happens in the order in which it was asked for. */
public final class VirtualTime {

    private final PriorityQueue<ScheduledAction> queue = new PriorityQueue<>();
    private long nowMicros;
    private long asked;

    public long nowMicros() {
        return nowMicros;
    }

    /** @throws IllegalArgumentException if the delay is negative */
    public void after(long delayMicros, Runnable action) {
        if (delayMicros < 0) {
            throw new IllegalArgumentException("time does not run back: " + delayMicros);
        }
        queue.add(new ScheduledAction(nowMicros + delayMicros, asked++, action));
    }

    /** Lets the next thing happen. */
    public void advance() {
        ScheduledAction next = queue.remove();
        nowMicros = next.atMicros;
        next.action.run();
    }

    private record ScheduledAction(long atMicros, long order, Runnable action) implements Comparable<ScheduledAction> {

        @Override
        public int compareTo(ScheduledAction other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
