package io.orderly.chaos;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fault that is on.
 *
 * @param hits how often it has struck; a crash counts how often its point was passed
 */
record ActiveFault<F extends ServiceFault>(String id, F fault, Instant since, AtomicLong hits) {

    void hit() {
        hits.incrementAndGet();
    }
}
