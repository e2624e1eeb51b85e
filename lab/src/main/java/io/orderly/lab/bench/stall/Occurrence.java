package io.orderly.lab.bench.stall;

import java.time.Duration;
import java.time.Instant;

/**
 * An occurrence in the system that may have delayed requests.
 *
 * @param what the kind of occurrence; occurrences of the same kind have the same text
 * @param until not before {@code from}
 */
public record Occurrence(String what, Instant from, Instant until) {

    public Occurrence {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException(what + " ended at " + until + ", before its start at " + from);
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
