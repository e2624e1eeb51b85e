package io.orderly.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The time that an order which is alone spends on what it cannot do without: {@value #RECORDS} records through Kafka,
 * {@value #COMMITS} commits in PostgreSQL and one call of the payment provider, one after the other. Medians over many passes.
 *
 * @param millis of all of it
 */
record LatencyFloor(double recordsMillis, double commitsMillis, double providerMillis, double millis) {

    static final int RECORDS = 9;
    static final int COMMITS = 10;

    private static final double NANOS_PER_MILLI = 1e6;

    /** What one pass took, by what it was spent on. */
    record Pass(long recordsNanos, long commitsNanos, long providerNanos) {

        long nanos() {
            return recordsNanos + commitsNanos + providerNanos;
        }
    }

    /** @param passes at least one */
    static LatencyFloor of(List<Pass> passes) {
        return new LatencyFloor(
                median(passes, Pass::recordsNanos),
                median(passes, Pass::commitsNanos),
                median(passes, Pass::providerNanos),
                median(passes, Pass::nanos));
    }

    private static double median(List<Pass> passes, ToLongFunction<Pass> nanos) {
        long[] sorted = passes.stream().mapToLong(nanos).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / NANOS_PER_MILLI;
    }
}
