package io.orderly.lab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the curves of two arms cross: at one of two neighbouring levels the one has the higher value, at the other level the other.
 *
 * @param at where a line through both ratios is 1, on logarithmic scales
 * @param interval its confidence interval of {@link Comparison#LEVEL}, by bootstrap over the pairs of each level: 0 or infinite on a side if
 *     the crossing may be below or above all levels; null with too few pairs, or if the curves cross more than once
 */
public record Crossing(
        int below, int above, double at, @Nullable Interval interval) {

    /**
     * @param logarithms of the ratios of all pairs, by the number of the level
     * @param seed of the bootstrap
     */
    static List<Crossing> of(SortedMap<Integer, double[]> logarithms, long seed) {
        int[] levels = logarithms.keySet().stream().mapToInt(level -> level).toArray();
        List<double[]> samples = List.copyOf(logarithms.values());
        double[] means = samples.stream().mapToDouble(Crossing::mean).toArray();
        List<Crossing> crossings = between(levels, means);
        if (crossings.size() != 1) {
            return crossings;
        }
        Crossing only = crossings.getFirst();
        double sideBelow = Math.signum(means[0]);
        Interval interval = Bootstrap.of(
                samples,
                resampled -> extreme(levels, resampled, sideBelow, false),
                resampled -> extreme(levels, resampled, sideBelow, true),
                Comparison.LEVEL,
                seed);
        return List.of(new Crossing(only.below, only.above, only.at, interval));
    }

    /**
     * The lowest or the highest crossing. Without one, it is beyond all levels: above them if they are all on the side of those below the
     * crossing, which is a sign.
     */
    private static double extreme(int[] levels, double[] means, double sideBelow, boolean isHighest) {
        List<Crossing> crossings = between(levels, means);
        if (crossings.isEmpty()) {
            return Math.signum(means[0]) == sideBelow ? Double.POSITIVE_INFINITY : 0;
        }
        return (isHighest ? crossings.getLast() : crossings.getFirst()).at;
    }

    /** All crossings, in ascending order, without intervals. */
    private static List<Crossing> between(int[] levels, double[] means) {
        List<Crossing> crossings = new ArrayList<>();
        for (int i = 1; i < levels.length; i++) {
            if (means[i - 1] * means[i] < 0) {
                crossings.add(new Crossing(
                        levels[i - 1], levels[i], at(levels[i - 1], means[i - 1], levels[i], means[i]), null));
            }
        }
        return crossings;
    }

    /** In the middle if a mean is infinite. */
    private static double at(int below, double meanBelow, int above, double meanAbove) {
        double share = meanBelow / (meanBelow - meanAbove);
        return below * Math.pow((double) above / below, share > 0 && share < 1 ? share : 0.5);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
