package io.orderly.coordinator.member;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Limits the unanswered requests of clients of this member, and the bytes of their commands. Thread-safe. */
final class PendingLimit {

    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final int max;
    private final long maxBytes;

    PendingLimit(int max, long maxBytes) {
        this.max = max;
        this.maxBytes = maxBytes;
    }

    /**
     * @param bytes of the command; 0 for a request without one, to which the limit of bytes does not apply
     * @return false if there are too many; else {@link #release} is to be called once
     */
    boolean tryAcquire(int bytes) {
        int requests = pending.incrementAndGet();
        long total = pendingBytes.addAndGet(bytes);
        if (requests <= max && (bytes == 0 || total <= maxBytes)) {
            return true;
        }
        release(bytes);
        return false;
    }

    /** @param bytes as they were acquired */
    void release(int bytes) {
        pending.decrementAndGet();
        pendingBytes.addAndGet(-bytes);
    }

    int pending() {
        return pending.get();
    }
}
