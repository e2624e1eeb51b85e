package io.orderly.lab.bench.stall;

import java.time.Duration;
import java.time.Instant;

/**
 * The requests that were scheduled for one second.
 *
 * @param slowestFrom the scheduled time of the slowest accepted request
 * @param slowestUntil the time of its acceptance
 * @param turnedAway the number of requests that failed with no response or a transient error
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
     * Whether the occurrence overlaps the slowest request. In a second that was not slow or had failed requests,
     * whether it overlaps the second or the slowest request.
     */
    boolean includes(Occurrence occurrence, Duration limit) {
        boolean onlySlowestCounts = isSlow(limit) && turnedAway == 0;
        return onlySlowestCounts
                ? occurrence.overlaps(slowestFrom, slowestUntil)
                : occurrence.overlaps(begin, slowestUntil.isAfter(end()) ? slowestUntil : end());
    }
}
