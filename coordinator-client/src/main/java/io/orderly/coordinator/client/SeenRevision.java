package io.orderly.coordinator.client;

import java.util.concurrent.atomic.AtomicLong;

/** The highest revision that a client has seen in any response or event. A session-consistent read is not older. Thread-safe. */
final class SeenRevision {

    private final AtomicLong highest = new AtomicLong();

    void saw(long revision) {
        highest.accumulateAndGet(revision, Math::max);
    }

    /** Whether a response at a revision can be returned: it contains everything that was seen before the request. */
    static boolean isFresh(long revision, long seenBefore) {
        return revision >= seenBefore;
    }

    long highest() {
        return highest.get();
    }
}
