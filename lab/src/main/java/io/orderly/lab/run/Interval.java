package io.orderly.lab.run;

/** A confidence interval of {@link Comparison#LEVEL}. */
public record Interval(double low, double high) {

    boolean contains(double value) {
        return low <= value && value <= high;
    }
}
