package io.orderly.lab.bench.stall;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that happened in the system and may have held requests up.
 *
 * @param what the same text each time it happens
 * @param until not before {@code from}
 */
public record Occurrence(String what, Instant from, Instant until) {

    public Occurrence {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException(what + " ended at " + until + ", before it began at " + from);
        }
    }

    static Occurrence endedAt(String what, Instant until, Duration lasted) {
        return new Occurrence(what, until.minus(lasted), until);
    }

    Duration lasted() {
        return Duration.between(from, until);
    }

    boolean overlaps(Instant begin, Instant end) {
        return !from.isAfter(end) && !until.isBefore(begin);
    }
}
