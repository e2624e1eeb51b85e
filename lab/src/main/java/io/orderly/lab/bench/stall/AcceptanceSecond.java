package io.orderly.lab.bench.stall;

import java.time.Duration;
import java.time.Instant;

/**
 * The requests that should have been sent within one second.
 *
 * @param slowestFrom when the slowest of those that were accepted should have been sent
 * @param slowestUntil when it was accepted
 * @param turnedAway how often one of them got no answer, or none that lasts
 */
public record AcceptanceSecond(Instant begin, Instant slowestFrom, Instant slowestUntil, int turnedAway) {

    Instant end() {
        return begin.plusSeconds(1);
    }

    Duration slowest() {
        return Duration.between(slowestFrom, slowestUntil);
    }

    boolean isSlow(Duration limit) {
        return turnedAway > 0 || slowest().compareTo(limit) > 0;
    }

    /**
     * Whether it happened while the slowest request waited; in a second that was not slow, or in which requests were turned away,
     * whether it happened at any time until all that is known here was over.
     */
    boolean sees(Occurrence occurrence, Duration limit) {
        boolean slowestExplainsIt = isSlow(limit) && turnedAway == 0;
        return slowestExplainsIt
                ? occurrence.overlaps(slowestFrom, slowestUntil)
                : occurrence.overlaps(begin, slowestUntil.isAfter(end()) ? slowestUntil : end());
    }
}
