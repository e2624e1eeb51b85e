package io.orderly.partitions.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Runs actions in the order of their virtual time, in milliseconds; at the same time, in the order in which they were added. */
final class VirtualTime {

    private record Action(long atMillis, long number, Runnable action) {}

    private final PriorityQueue<Action> actions =
            new PriorityQueue<>(Comparator.comparingLong(Action::atMillis).thenComparingLong(Action::number));
    private long nowMillis;
    private long added;

    long now() {
        return nowMillis;
    }

    void after(long delayMillis, Runnable action) {
        actions.add(new Action(nowMillis + delayMillis, ++added, action));
    }

    /** Runs the next action; there is always one. */
    void step() {
        Action next = actions.remove();
        nowMillis = next.atMillis;
        next.action.run();
    }
}
