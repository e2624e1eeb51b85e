package io.orderly.lab.torture.coordinator;

import io.orderly.coordinator.simulation.history.LinearizabilityChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys in use, in groups whose histories can always be checked: a group is replaced by a new one before it has too many operations, or
 * too many that may still take effect. Thread-safe.
 */
final class KeyGroups {

    /** Keys in a group. */
    static final int SIZE = 2;

    static final int OPERATIONS_PER_GROUP = 450;

    /** An operation without an answer may take effect at any later time, so that it stays open until the end of its group. */
    static final int UNANSWERED_PER_GROUP = 3;

    private static final int IN_USE = 4;

    private final List<Group> inUse = new ArrayList<>();
    private final AtomicLong lastValue = new AtomicLong();
    private int groups;

    /** The group of one operation, from its request to its outcome. */
    final class Use {

        private final Group group;

        private Use(Group group) {
            this.group = group;
        }

        /** The number of the group. */
        int group() {
            return group.number;
        }

        /** The operation was answered. */
        void answered() {
            synchronized (KeyGroups.this) {
                group.open--;
            }
        }

        /** The operation may still take effect. */
        void unanswered() {
            synchronized (KeyGroups.this) {
                group.unanswered++;
            }
        }
    }

    private static final class Group {

        private final int number;
        private int operations;

        /** Operations without an answer, those included that will not get one. */
        private int open;

        private int unanswered;

        Group(int number) {
            this.number = number;
        }

        boolean isComplete() {
            return operations == OPERATIONS_PER_GROUP || unanswered >= UNANSWERED_PER_GROUP;
        }

        boolean isFull() {
            return open == LinearizabilityChecker.MAX_CLIENTS;
        }
    }

    KeyGroups() {
        for (int i = 0; i < IN_USE; i++) {
            inUse.add(new Group(groups++));
        }
    }

    /** @return the group for the next operation */
    synchronized Use next(Random random) {
        int index = random.nextInt(IN_USE);
        Group group = inUse.get(index);
        if (group.isComplete() || group.isFull()) {
            group = new Group(groups++);
            inUse.set(index, group);
        }
        group.operations++;
        group.open++;
        return new Use(group);
    }

    /** A value that no other write has. */
    long newValue() {
        return lastValue.incrementAndGet();
    }
}
