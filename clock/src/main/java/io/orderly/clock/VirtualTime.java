package io.orderly.clock;

import java.util.PriorityQueue;

/** The clock and the event queue of a simulation. Actions due at the same time run in the order in which they were scheduled. */
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
            throw new IllegalArgumentException("the delay is negative: " + delayMicros);
        }
        queue.add(new ScheduledAction(nowMicros + delayMicros, asked++, action));
    }

    /** Runs the next action. */
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
