package io.orderly.lab.report;

import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.ExperimentResult.CheckedExpectation;
import io.orderly.lab.run.Measured;
import java.util.Locale;

/** Figures as text. */
public final class Figure {

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
            return "–";
        }
        return checked.expectation().relativeTo() == null
                ? of(checked.expectation().measure(), value)
                : ofRatio(value);
    }

    /** A ratio of measured values. */
    static String ofRatio(Measured ratio) {
        return bound(ratio) + number(ratio.value());
    }

    static String number(double value) {
        if (value == Math.rint(value) && value < 1e9) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String bound(Measured measured) {
        return switch (measured.bound()) {
            case EXACT -> "";
            case AT_LEAST -> "≥ ";
            case AT_MOST -> "≤ ";
        };
    }
}
