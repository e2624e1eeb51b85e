package io.orderly.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An axis of a chart: the position of each value, and the values that are labelled. */
sealed interface Axis {

    /** The position of a value, from 0 to 1. Values outside the axis are at its end. */
    double position(double value);

    List<Double> ticks();

    /** From zero to {@code max}, with a tick at each multiple of {@code step}. */
    record Linear(double max, double step) implements Axis {

        private static final int STEPS = 4;
        private static final List<Double> NICE = List.of(1.0, 2.0, 2.5, 5.0, 10.0);

        /** An axis that ends with a tick at or above the highest value. */
        static Linear upTo(double highest) {
            double step = step(highest);
            return new Linear(step * Math.max(1, Math.ceil(highest / step)), step);
        }

        /** An axis that ends at the highest value. */
        static Linear exactly(double highest) {
            return new Linear(Math.max(highest, 1), step(highest));
        }

        private static double step(double highest) {
            double raw = Math.max(highest, 1e-9) / STEPS;
            double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
            return NICE.stream()
                            .filter(nice -> nice * magnitude >= raw)
                            .findFirst()
                            .orElse(10.0)
                    * magnitude;
        }

        @Override
        public double position(double value) {
            return Math.clamp(value / max, 0, 1);
        }

        @Override
        public List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (int i = 0; i * step <= max * 1.001; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }
    }

    /** A logarithmic axis, with a tick at each power of ten. */
    record Logarithmic(double min, double max) implements Axis {

        static Logarithmic over(double lowest, double highest) {
            double min = Math.pow(10, Math.floor(Math.log10(Math.max(lowest, 0.1))));
            return new Logarithmic(
                    min, Math.max(min * 10, Math.pow(10, Math.ceil(Math.log10(Math.max(highest, min))))));
        }

        @Override
        public double position(double value) {
            return Math.clamp(Math.log(Math.max(value, min) / min) / Math.log(max / min), 0, 1);
        }

        @Override
        public List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (double tick = min; tick <= max * 1.001; tick *= 10) {
                ticks.add(tick);
            }
            return ticks;
        }
    }

    /** The given positive values in ascending order, at least two, at logarithmic distances. */
    record Levels(List<Double> ticks) implements Axis {

        @Override
        public double position(double value) {
            double least = ticks.getFirst();
            return Math.clamp(Math.log(value / least) / Math.log(ticks.getLast() / least), 0, 1);
        }
    }

    /** Percentiles from 0 to 100. The distances from 90 to 99, from 99 to 99.9 and so on are equal. */
    record Nines(int nines) implements Axis {

        @Override
        public double position(double percentile) {
            double beyond = Math.max(1 - percentile / 100, Math.pow(10, -nines));
            return Math.clamp(-Math.log10(beyond) / nines, 0, 1);
        }

        @Override
        public List<Double> ticks() {
            List<Double> ticks = new ArrayList<>(List.of(0.0));
            for (int i = 1; i <= nines; i++) {
                ticks.add(100 - Math.pow(10, 2 - i));
            }
            return ticks;
        }
    }

    /** A value with up to three decimals, without trailing zeros. */
    static String label(double value) {
        if (value >= 1_000 && value % 1_000 == 0) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
