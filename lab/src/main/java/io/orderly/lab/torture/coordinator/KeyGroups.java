package io.orderly.lab.torture.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The keys in use. A group of keys is replaced by a new one before its history is too long to be checked. Thread-safe. */
final class KeyGroups {

    /** Keys in a group. */
    static final int SIZE = 2;

    private static final int OPERATIONS_PER_GROUP = 450;
    private static final int IN_USE = 2;

    private final List<Group> inUse = new ArrayList<>();
    private final AtomicLong lastValue = new AtomicLong();
    private int groups;

    private static final class Group {

        final int number;
        int operations;

        Group(int number) {
            this.number = number;
        }
    }

    KeyGroups() {
        for (int i = 0; i < IN_USE; i++) {
            inUse.add(new Group(groups++));
        }
    }

    /** @return the number of the group for the next operation */
    synchronized int next(Random random) {
        int index = random.nextInt(IN_USE);
        if (inUse.get(index).operations == OPERATIONS_PER_GROUP) {
            inUse.set(index, new Group(groups++));
        }
        Group group = inUse.get(index);
        group.operations++;
        return group.number;
    }

    /** A value that no other write has. */
    long newValue() {
        return lastValue.incrementAndGet();
    }
}
