package io.orderly.coordinator.member;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue in front of the event loop, which takes all events at once. Messages of peers are dropped when too many of them wait, as the
 * protocol allows; the requests of clients are bounded by {@link PendingLimit}; the events of the threads of the member itself are few.
 */
final class Inbox {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final int maxMessages;
    private List<LoopEvent> events = new ArrayList<>();
    private int messages;
    private boolean isAwaited;
    private boolean isClosed;

    /** @param maxMessages of peers that wait; the next one is dropped */
    Inbox(int maxMessages) {
        this.maxMessages = maxMessages;
    }

    /** @return false if it was dropped, because too many messages wait */
    boolean offer(LoopEvent.Arrived message) {
        lock.lock();
        try {
            if (isClosed || messages >= maxMessages) {
                return false;
            }
            messages++;
            add(message);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @return false if the member has stopped */
    boolean put(LoopEvent event) {
        lock.lock();
        try {
            if (isClosed) {
                return false;
            }
            add(event);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @return the events that were not taken */
    List<LoopEvent> close() {
        lock.lock();
        try {
            isClosed = true;
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    private void add(LoopEvent event) {
        events.add(event);
        if (isAwaited) {
            isAwaited = false;
            arrived.signal();
        }
    }

    /** The number of waiting events. */
    int size() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes all waiting events, in order of arrival.
     *
     * @param maxWaitNanos how long to wait for the first event; then the list is empty
     */
    List<LoopEvent> takeAll(long maxWaitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = maxWaitNanos;
            while (events.isEmpty() && left > 0) {
                isAwaited = true;
                left = arrived.awaitNanos(left);
            }
            isAwaited = false;
            List<LoopEvent> taken = events;
            events = new ArrayList<>();
            messages = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
