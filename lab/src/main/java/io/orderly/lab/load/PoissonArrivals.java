package io.orderly.lab.load;

import java.util.SplittableRandom;

/**
 * When orders arrive: independently of each other and of the system, as customers do, so that the gaps between them are
 * exponentially distributed.
 */
final class PoissonArrivals {

    private final double meanGapNanos;
    private final SplittableRandom random;

    /** @param perSecond how many arrive on average */
    PoissonArrivals(double perSecond, long seed) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a rate must be above zero: " + perSecond);
        }
        this.meanGapNanos = 1e9 / perSecond;
        this.random = new SplittableRandom(seed);
    }

    /** Nanoseconds from the last arrival to the next. */
    long nextGapNanos() {
        return Math.round(-Math.log(1 - random.nextDouble()) * meanGapNanos);
    }
}
