package io.orderly.lab.load;

import org.HdrHistogram.Histogram;

/** A summary of {@code count} durations, in milliseconds. All values are 0 if the count is 0. */
public record Latency(
        long count, double meanMillis, double p50Millis, double p99Millis, double p999Millis, double maxMillis) {

    private static final double MICROS_PER_MILLI = 1_000;

    /** @param micros a histogram of microseconds, which may be updated concurrently */
    public static Latency of(Histogram micros) {
        Histogram now = micros.copy();
        return new Latency(
                now.getTotalCount(),
                now.getTotalCount() == 0 ? 0 : now.getMean() / MICROS_PER_MILLI,
                now.getValueAtPercentile(50) / MICROS_PER_MILLI,
                now.getValueAtPercentile(99) / MICROS_PER_MILLI,
                now.getValueAtPercentile(99.9) / MICROS_PER_MILLI,
                now.getMaxValue() / MICROS_PER_MILLI);
    }
}
