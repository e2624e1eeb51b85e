package io.orderly.chaos;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An active fault.
 *
 * @param hits how often the fault has taken effect; for a crash or a pause, how often its crash point was passed
 */
record ActiveFault<F extends ServiceFault>(String id, F fault, Instant since, AtomicLong hits) {

    void hit() {
        hits.incrementAndGet();
    }
}
