package io.orderly.lab.run;

import io.orderly.lab.run.Measured.Bound;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often the value of an arm is that of another, from pairs of runs that have the same seed and so the same load.
 *
 * @param ratio the geometric mean of the ratios of the pairs
 * @param interval its confidence interval, by bootstrap over the pairs; null if there are too few
 */
public record Comparison(
        Measured ratio, int pairs, @Nullable Interval interval) {

    /** The confidence level of intervals. */
    public static final double LEVEL = 0.95;

    /** The number of pairs that an interval needs. */
    public static final int LEAST_PAIRS = Bootstrap.LEAST_VALUES;

    /**
     * @param ratios one of each pair
     * @param seed of the bootstrap
     * @return empty without pairs, or if the ratio of a pair is unknown: the other pairs would be a selection
     */
    static Optional<Comparison> of(List<Optional<Measured>> ratios, long seed) {
        if (ratios.isEmpty() || ratios.contains(Optional.<Measured>empty())) {
            return Optional.empty();
        }
        List<Measured> known = ratios.stream().map(Optional::orElseThrow).toList();
        Set<Bound> bounds = EnumSet.noneOf(Bound.class);
        known.forEach(ratio -> bounds.add(ratio.bound()));
        double[] logarithms =
                known.stream().mapToDouble(ratio -> Math.log(ratio.value())).toArray();
        double mean = 0;
        for (double logarithm : logarithms) {
            mean += logarithm / logarithms.length;
        }
        if (Double.isNaN(mean) || bounds.containsAll(Set.of(Bound.AT_LEAST, Bound.AT_MOST))) {
            return Optional.empty();
        }
        Bound bound = bounds.contains(Bound.AT_LEAST)
                ? Bound.AT_LEAST
                : bounds.contains(Bound.AT_MOST) ? Bound.AT_MOST : Bound.EXACT;
        Interval interval = Bootstrap.ofMean(logarithms, LEVEL, seed);
        return Optional.of(new Comparison(
                new Measured(Math.exp(mean), bound, 0),
                known.size(),
                interval == null
                        ? null
                        : new Interval(
                                bound == Bound.AT_MOST ? 0 : Math.exp(interval.low()),
                                bound == Bound.AT_LEAST ? Double.POSITIVE_INFINITY : Math.exp(interval.high()))));
    }

    /** Whether one of the arms has the higher value: the interval does not contain 1. */
    public boolean isDecided() {
        return interval != null && !interval.contains(1);
    }
}
