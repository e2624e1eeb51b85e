package io.orderly.kit.web;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * The number of requests in progress, and their limit, which may change at any time. After it was lowered, requests in progress continue,
 * and no other begins until there are fewer than the new limit. Thread-safe.
 */
final class ConcurrencyLimit {

    private final IntSupplier limit;
    private final AtomicInteger inProgress = new AtomicInteger();

    /** @param limit asked for each request */
    ConcurrencyLimit(IntSupplier limit) {
        this.limit = limit;
    }

    /** Whether a request may begin; {@link #leave} ends it. A request that may not begin does not count, also not for a moment. */
    boolean tryEnter() {
        int present = limit.getAsInt();
        return inProgress.getAndUpdate(count -> count < present ? count + 1 : count) < present;
    }

    void leave() {
        inProgress.decrementAndGet();
    }

    int inProgress() {
        return inProgress.get();
    }
}
