package io.orderly.lab.torture.coordinator;

import java.time.Duration;

/**
 * The parameters of a run.
 *
 * @param seed of the requests and of the faults; what happens between them also depends on the machine
 * @param time over which faults are injected
 * @param progressBound the longest time, after the last fault, until every member serves every kind of request
 */
record CoordinatorTorturePlan(long seed, Duration time, Duration progressBound) {

    static final Duration PROGRESS_BOUND = Duration.ofSeconds(15);

    private static final int LEAST_PER_SECOND = 20;
    private static final int SECONDS_PER_HOLD = 10;

    /** Fewer answered operations show too little. */
    int leastOperations() {
        return Math.toIntExact(LEAST_PER_SECOND * time.toSeconds());
    }

    /** Fewer holds of locks with a fencing token show too little; there are none to compare if there is only one. */
    int leastHolds() {
        return Math.max(2, Math.toIntExact(time.toSeconds() / SECONDS_PER_HOLD));
    }
}
