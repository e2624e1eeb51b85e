package io.orderly.lab.load;

import java.util.SplittableRandom;

/**
 * Arrival times of a Poisson process: orders arrive independently of each other and of the system, so the intervals
 * between them are exponentially distributed.
 */
final class PoissonArrivals {

    private final double meanIntervalNanos;
    private final SplittableRandom random;

    /** @param perSecond the mean arrival rate */
    PoissonArrivals(double perSecond, long seed) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("the rate must be positive: " + perSecond);
        }
        this.meanIntervalNanos = 1e9 / perSecond;
        this.random = new SplittableRandom(seed);
    }

    /** The interval from the previous arrival to the next, in nanoseconds. */
    long nextIntervalNanos() {
        return Math.round(-Math.log(1 - random.nextDouble()) * meanIntervalNanos);
    }
}
