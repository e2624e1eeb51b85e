package io.orderly.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The lower bound of the latency of an order without concurrent load: {@value #RECORDS} records through Kafka, {@value
 * #COMMITS} commits in PostgreSQL and one call of the payment provider, in sequence. Medians over many passes.
 *
 * @param millis the total
 */
record LatencyFloor(double recordsMillis, double commitsMillis, double providerMillis, double millis) {

    static final int RECORDS = 9;
    static final int COMMITS = 10;

    private static final double NANOS_PER_MILLI = 1e6;

    /** The time of one pass, by component. */
    record Pass(long recordsNanos, long commitsNanos, long providerNanos) {

        long nanos() {
            return recordsNanos + commitsNanos + providerNanos;
        }
    }

    /** @param passes at least one pass */
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
