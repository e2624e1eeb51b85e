package io.orderly.lab.run;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Confidence intervals of means by the percentile bootstrap. For a small sample its percentiles are too close to each other, because
 * it takes the spread of the sample for that of the population and a normal for a t distribution; they are moved apart by what
 * that is for a normal sample (Hesterberg, <i>What Teachers Should Know About the Bootstrap</i>, 2015, section 5.3).
 */
final class Bootstrap {

    /** With fewer values, even the range of all of them misses the median more often than the level allows: 2 of 2^n times. */
    static final int LEAST_VALUES = 6;

    private static final int RESAMPLES = 10_000;

    private Bootstrap() {}

    /**
     * @param values may be infinite on one side
     * @return null with too few values
     */
    static @Nullable Interval ofMean(double[] values, double level, long seed) {
        if (values.length < LEAST_VALUES) {
            return null;
        }
        var random = new SplittableRandom(seed);
        double[] means = new double[RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[resample] = sum / values.length;
        }
        Arrays.sort(means);
        int beyond = (int) (RESAMPLES * tail(values.length, level));
        return new Interval(means[beyond], means[RESAMPLES - 1 - beyond]);
    }

    /** The share of means on each side that is outside the interval. */
    private static double tail(int values, double level) {
        double t = new TDistribution(null, values - 1).inverseCumulativeProbability((1 - level) / 2);
        return new NormalDistribution(null, 0, 1).cumulativeProbability(Math.sqrt(values / (values - 1.0)) * t);
    }
}
