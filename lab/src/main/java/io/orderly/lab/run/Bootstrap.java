package io.orderly.lab.run;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Confidence intervals of means, and of what follows from means, by the percentile bootstrap. For a small sample its percentiles are too close to
 * each other, because it takes the spread of the sample for that of the population and a normal for a t distribution; they are moved apart by
 * what that is for a normal sample (Hesterberg, <i>What Teachers Should Know About the Bootstrap</i>, 2015, section 5.3).
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
        ToDoubleFunction<double[]> only = means -> means[0];
        return of(List.of(values), only, only, level, seed);
    }

    /**
     * The interval of a statistic of the means of several samples, which are resampled independently.
     *
     * @param samples may be infinite on one side
     * @param lowest of what the means allow the statistic to be, for the lower end of the interval
     * @param highest for the upper end
     * @return null if one of the samples has too few values
     */
    static @Nullable Interval of(
            List<double[]> samples,
            ToDoubleFunction<double[]> lowest,
            ToDoubleFunction<double[]> highest,
            double level,
            long seed) {
        int fewest = samples.stream().mapToInt(sample -> sample.length).min().orElse(0);
        if (fewest < LEAST_VALUES) {
            return null;
        }
        var random = new SplittableRandom(seed);
        double[] lows = new double[RESAMPLES];
        double[] highs = lowest == highest ? lows : new double[RESAMPLES];
        double[] means = new double[samples.size()];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            for (int i = 0; i < means.length; i++) {
                means[i] = meanOfResample(samples.get(i), random);
            }
            lows[resample] = lowest.applyAsDouble(means);
            highs[resample] = highest.applyAsDouble(means);
        }
        Arrays.sort(lows);
        Arrays.sort(highs);
        int beyond = (int) (RESAMPLES * tail(fewest, level));
        return new Interval(lows[beyond], highs[RESAMPLES - 1 - beyond]);
    }

    private static double meanOfResample(double[] values, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
        }
        return sum / values.length;
    }

    /** The share of means on each side that is outside the interval. */
    private static double tail(int values, double level) {
        double t = new TDistribution(null, values - 1).inverseCumulativeProbability((1 - level) / 2);
        return new NormalDistribution(null, 0, 1).cumulativeProbability(Math.sqrt(values / (values - 1.0)) * t);
    }
}
