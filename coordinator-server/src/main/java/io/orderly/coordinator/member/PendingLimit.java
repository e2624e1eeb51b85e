package io.orderly.coordinator.member;

import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the requests of clients that this member has taken and not answered. Thread-safe. */
final class PendingLimit {

    private final AtomicInteger pending = new AtomicInteger();
    private final int max;

    PendingLimit(int max) {
        this.max = max;
    }

    /** @return false if there are too many; else {@link #release} is to be called once */
    boolean tryAcquire() {
        if (pending.incrementAndGet() <= max) {
            return true;
        }
        pending.decrementAndGet();
        return false;
    }

    void release() {
        pending.decrementAndGet();
    }

    int pending() {
        return pending.get();
    }
}
