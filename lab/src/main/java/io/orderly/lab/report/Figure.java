package io.orderly.lab.report;

import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.Comparison;
import io.orderly.lab.run.ExperimentResult.CheckedExpectation;
import io.orderly.lab.run.Interval;
import io.orderly.lab.run.Measured;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Figures as text. */
public final class Figure {

    static final String UNKNOWN = "–";

    private static final MathContext RATIO_DIGITS = new MathContext(3);
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double LONG_MILLIS = 10_000;

    private Figure() {}

    /** A measured value; long latencies are in seconds, with the unit. */
    public static String of(Metric metric, Measured measured) {
        double value = measured.value();
        String text =
                metric.isInMillis() && value >= LONG_MILLIS ? number(value / MILLIS_PER_SECOND) + " s" : number(value);
        return bound(measured) + text;
    }

    /** A measured value with its name, and the number of orders of which it is a percentile. */
    public static String inWords(Metric metric, Measured measured) {
        String samples = measured.samples() > 0 ? " (n = %d)".formatted(measured.samples()) : "";
        return "%s %s%s".formatted(metric.title(), of(metric, measured), samples);
    }

    /** What was measured for an expectation, a value or a ratio of values. */
    public static String of(CheckedExpectation checked) {
        Measured value = checked.value();
        if (value == null) {
            return UNKNOWN;
        }
        Comparison comparison = checked.comparison();
        return comparison == null
                ? of(checked.expectation().measure(), value)
                : "%s (%s)".formatted(of(comparison), interval(comparison));
    }

    /** The ratio of a comparison. */
    static String of(Comparison comparison) {
        return bound(comparison.ratio()) + ratio(comparison.ratio().value());
    }

    /** The confidence interval of a comparison, and whether it decides. */
    static String interval(Comparison comparison) {
        Interval interval = comparison.interval();
        if (interval == null) {
            return "no interval: %d of %d pairs".formatted(comparison.pairs(), Comparison.LEAST_PAIRS);
        }
        String text = switch (comparison.ratio().bound()) {
            case EXACT -> "%s to %s".formatted(ratio(interval.low()), ratio(interval.high()));
            case AT_LEAST -> "≥ " + ratio(interval.low());
            case AT_MOST -> "≤ " + ratio(interval.high());
        };
        return comparison.isDecided() ? text : text + ", not decided";
    }

    static String number(double value) {
        if (value == Math.rint(value) && value < 1e9) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String ratio(double value) {
        return Double.isInfinite(value)
                ? "∞"
                : BigDecimal.valueOf(value)
                        .round(RATIO_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String bound(Measured measured) {
        return switch (measured.bound()) {
            case EXACT -> "";
            case AT_LEAST -> "≥ ";
            case AT_MOST -> "≤ ";
        };
    }
}
