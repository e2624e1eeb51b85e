package io.orderly.lab.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderly.lab.bench.stall.StallDiagnosis;
import io.orderly.lab.load.Latency;
import io.orderly.lab.load.PhaseResult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The results of a benchmark.
 *
 * @param processors the number of processors of the machine
 * @param instances how many instances of each service ran
 * @param consolePages how many pages of the console were open, and got frames; 0 if there was no console
 * @param secondsToFirstOrder from the start of the processes until the first order was confirmed
 * @param memoryAfterStartBytes the memory of all processes at that time
 * @param trials the trials of the rate search
 * @param highestRate the highest sustained rate, in orders per second
 * @param measured the measurement at a part of that rate
 * @param alone the measurement of sequential orders
 * @param floor the lower bound of the latency of such an order
 * @param processes the resource usage of each process during the measurement, with the load generator last
 * @param database the work of PostgreSQL during the measurement
 * @param targets the targets and their results
 * @param diagnosis the slow seconds of the measurement and their suspected causes
 * @param validityProblems the reasons why the measurement is not valid; empty if it is
 */
record BenchReport(
        Instant at,
        int processors,
        int instances,
        int consolePages,
        Map<String, String> durability,
        Pgbench.Result oneClient,
        Pgbench.Result manyClients,
        double secondsToFirstOrder,
        long memoryAfterStartBytes,
        List<Trial> trials,
        double highestRate,
        PhaseResult measured,
        PhaseResult alone,
        LatencyFloor floor,
        List<ProcessCost> processes,
        DatabaseWork database,
        List<Target> targets,
        StallDiagnosis diagnosis,
        @JsonProperty("doubts") List<String> validityProblems) {

    private static final double KIBIBYTE = 1 << 10;
    private static final double MEBIBYTE = 1 << 20;

    /** @param endedPerSecond completed orders per second during the trial */
    record Trial(
            double ordersPerSecond, double endedPerSecond, int inFlightAtEnd, double latenessP99Millis, boolean held) {}

    /** @param cores the average number of busy processors */
    record ProcessCost(String process, double cpuMillisPerOrder, double cores, long memoryBytes) {}

    /**
     * @param goal the limit, formatted
     * @param value the measured value, formatted
     */
    record Target(String what, String goal, String value, boolean isMet) {}

    /** A human-readable table. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append("%nDurability: %s%n"
                .formatted(durability.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(", "))));
        text.append("Machine: %d processors; %d of each service; %d pages of the console%n"
                .formatted(processors, instances, consolePages));
        text.append(line(
                "Yardstick: pgbench -N, scale 10: %,.0f/s with %d clients, %,.0f/s with 1 (%.2f ms each)",
                manyClients.transactionsPerSecond(),
                manyClients.clients(),
                oneClient.transactionsPerSecond(),
                oneClient.latencyMillis()));
        text.append(line("%nHighest rate sustained: %.0f orders/s", highestRate));
        text.append(line(
                "Measured at %.0f/s for %.0f s: %d orders sent, %.1f/s completed, at most %d in flight, "
                        + "requests %.1f ms late at p99",
                measured.phase().ordersPerSecond(),
                measured.lasted().toMillis() / 1e3,
                measured.sent(),
                measured.endedPerSecond(),
                measured.mostInFlight(),
                measured.lateness().p99Millis()));
        text.append(line("%n%-34s %10s %10s %10s %10s", "milliseconds", "p50", "p99", "p99.9", "max"));
        text.append(latencies("to acceptance", measured.toAcceptance()));
        text.append(latencies("to completion", measured.toEnd()));
        text.append(latencies("alone, to acceptance", alone.toAcceptance()));
        text.append(latencies("alone, from acceptance to completion", alone.acceptanceToEnd()));
        text.append(line(
                "%nFloor of an order alone: %.1f ms, of which %d records %.1f, %d commits %.1f, the payment provider %.1f",
                floor.millis(),
                LatencyFloor.RECORDS,
                floor.recordsMillis(),
                LatencyFloor.COMMITS,
                floor.commitsMillis(),
                floor.providerMillis()));
        text.append(line("%n%-34s %10s %10s %10s", "process", "ms/order", "cores", "MiB"));
        processes.forEach(process -> text.append(line(
                "%-34s %10.2f %10.2f %10.0f",
                process.process(), process.cpuMillisPerOrder(), process.cores(), process.memoryBytes() / MEBIBYTE)));
        double cpuMillis =
                processes.stream().mapToDouble(ProcessCost::cpuMillisPerOrder).sum();
        text.append(line("%-34s %10.2f", "all", cpuMillis));
        double orders = measured.endedMeanwhile();
        text.append(line(
                "%nPostgreSQL, per order: %.1f commits, %.1f rows written, %.1f KiB of write-ahead log",
                database.commits() / orders, database.rows() / orders, database.walBytes() / orders / KIBIBYTE));
        text.append(line("%n%-50s %-20s %-24s", "target", "goal", "measured"));
        targets.forEach(target -> text.append(line(
                "%-50s %-20s %-24s %s",
                target.what(), target.goal(), target.value(), target.isMet() ? "met" : "MISSED")));
        if (!diagnosis.slow().isEmpty()) {
            text.append(System.lineSeparator()).append(diagnosis);
        }
        validityProblems.forEach(problem -> text.append(line("INVALID: %s", problem)));
        return text.toString();
    }

    boolean isValid() {
        return validityProblems.isEmpty();
    }

    private static String latencies(String what, Latency latency) {
        return line(
                "%-34s %10.1f %10.1f %10.1f %10.1f",
                what, latency.p50Millis(), latency.p99Millis(), latency.p999Millis(), latency.maxMillis());
    }

    private static String line(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments).stripTrailing() + System.lineSeparator();
    }
}
