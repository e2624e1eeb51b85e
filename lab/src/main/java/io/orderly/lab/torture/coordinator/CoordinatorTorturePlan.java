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

    /** Fewer answered operations show too little. */
    int leastOperations() {
        return Math.toIntExact(LEAST_PER_SECOND * time.toSeconds());
    }
}
