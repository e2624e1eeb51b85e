package io.orderly.lab.run;

import io.orderly.lab.run.Measured.Bound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * How long orders took from their intended start to their end, in milliseconds, censored at the patience: what happens later is not
 * observed, so an order that has not ended by then took at least that long. A percentile of too few orders is null.
 *
 * @param orders the number of orders, with those that did not end
 * @param unended how many of them did not end within the patience
 * @param spectrum the percentiles up to the highest of which there are enough orders
 */
public record EndToEnd(
        long orders,
        long unended,
        @Nullable Measured p50,
        @Nullable Measured p90,
        @Nullable Measured p99,
        @Nullable Measured p999,
        List<Percentile> spectrum) {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int TICKS_PER_HALF = 5;
    private static final double MICROS_PER_MILLI = 1_000;

    /** How many orders there must be above a percentile for it to be more than chance. */
    private static final int LEAST_BEYOND = 10;

    /** A point of a spectrum; the percentile is from 0 to 100. */
    public record Percentile(double percentile, double millis) {}

    /**
     * @param endedMicros the orders that ended, at any time
     * @param orders the number of all orders, at least as many
     * @param patience after which an order is not observed any more
     */
    public static EndToEnd of(Histogram endedMicros, long orders, Duration patience) {
        long patienceMicros = TimeUnit.MILLISECONDS.toMicros(patience.toMillis());
        var censored = new Histogram(patienceMicros, SIGNIFICANT_DIGITS);
        censored.recordValueWithCount(patienceMicros, Math.max(0, orders - endedMicros.getTotalCount()));
        for (HistogramIterationValue ended : endedMicros.recordedValues()) {
            censored.recordValueWithCount(
                    Math.min(ended.getValueIteratedTo(), patienceMicros), ended.getCountAddedInThisIterationStep());
        }
        return new EndToEnd(
                censored.getTotalCount(),
                censored.getCountAtValue(patienceMicros),
                percentile(censored, 50, patienceMicros),
                percentile(censored, 90, patienceMicros),
                percentile(censored, 99, patienceMicros),
                percentile(censored, 99.9, patienceMicros),
                spectrum(censored));
    }

    private static @Nullable Measured percentile(Histogram censored, double percentile, long patienceMicros) {
        if (!isEnough(censored.getTotalCount(), percentile)) {
            return null;
        }
        long micros = censored.getValueAtPercentile(percentile);
        return censored.valuesAreEquivalent(micros, patienceMicros)
                ? new Measured(patienceMicros / MICROS_PER_MILLI, Bound.AT_LEAST, censored.getTotalCount())
                : new Measured(micros / MICROS_PER_MILLI, Bound.EXACT, censored.getTotalCount());
    }

    private static List<Percentile> spectrum(Histogram censored) {
        List<Percentile> spectrum = new ArrayList<>();
        for (HistogramIterationValue value : censored.percentiles(TICKS_PER_HALF)) {
            double percentile = value.getPercentileLevelIteratedTo();
            if (isEnough(censored.getTotalCount(), percentile)) {
                spectrum.add(new Percentile(percentile, value.getValueIteratedTo() / MICROS_PER_MILLI));
            }
        }
        return spectrum;
    }

    /** At least {@code 10 / (1 - q)} orders; the tolerance is for 99.9, which is no binary fraction. */
    private static boolean isEnough(long orders, double percentile) {
        return orders * (100 - percentile) / 100 >= LEAST_BEYOND - 1e-6;
    }
}
