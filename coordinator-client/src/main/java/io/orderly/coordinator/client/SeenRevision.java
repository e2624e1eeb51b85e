package io.orderly.coordinator.client;

import java.util.concurrent.atomic.AtomicLong;

/** The highest revision that a client has seen in any response or event. A session-consistent read is not older. Thread-safe. */
final class SeenRevision {

    private final AtomicLong highest = new AtomicLong();

    void saw(long revision) {
        highest.accumulateAndGet(revision, Math::max);
    }

    /** Whether an answer at a revision can be returned: it has all that was seen before it was asked for. */
    static boolean isFresh(long revision, long seenBefore) {
        return revision >= seenBefore;
    }

    long highest() {
        return highest.get();
    }
}
