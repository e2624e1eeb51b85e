package io.orderly.coordinator.simulation;

import io.orderly.coordinator.simulation.history.Linearizability;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The result of many runs. Thread-safe. */
public final class SweepSummary {

    private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Long> runsWithFault = new EnumMap<>(FaultKind.class);
    private final Map<RunMetric, Long> metrics = new EnumMap<>(RunMetric.class);
    private final Map<Linearizability, Long> verdicts = new EnumMap<>(Linearizability.class);
    private final List<RunReport> failures = new ArrayList<>();
    private long runs;
    private long leastOperations = Long.MAX_VALUE;
    private long leastFaults = Long.MAX_VALUE;

    public synchronized void add(RunReport report) {
        runs++;
        report.faults().forEach((kind, count) -> {
            faults.merge(kind, (long) count, Long::sum);
            runsWithFault.merge(kind, 1L, Long::sum);
        });
        report.metrics().forEach((metric, count) -> metrics.merge(metric, count, metric::merge));
        verdicts.merge(report.linearizability(), 1L, Long::sum);
        if (report.violation().isPresent()) {
            failures.add(report);
        } else {
            leastOperations =
                    Math.min(leastOperations, report.metrics().getOrDefault(RunMetric.OPERATIONS_CHECKED, 0L));
            leastFaults = Math.min(leastFaults, report.faultCount());
        }
    }

    public synchronized long runs() {
        return runs;
    }

    public synchronized List<RunReport> failures() {
        return List.copyOf(failures);
    }

    public synchronized long count(Linearizability verdict) {
        return verdicts.getOrDefault(verdict, 0L);
    }

    public synchronized long count(RunMetric metric) {
        return metrics.getOrDefault(metric, 0L);
    }

    /** @return the share of the runs in which the fault was injected */
    public synchronized double share(FaultKind kind) {
        return runs == 0 ? 0 : (double) runsWithFault.getOrDefault(kind, 0L) / runs;
    }

    public synchronized long leastOperations() {
        return leastOperations;
    }

    public synchronized long leastFaults() {
        return leastFaults;
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        text.append("%,d runs, %d with a violation%n".formatted(runs, failures.size()));
        text.append("histories: %,d linearizable, %,d not linearizable, %,d not decided%n"
                .formatted(
                        count(Linearizability.HOLDS),
                        count(Linearizability.VIOLATED),
                        count(Linearizability.NOT_DECIDED)));
        for (RunMetric metric : RunMetric.values()) {
            text.append("%-24s %,15d%n".formatted(metric, metrics.getOrDefault(metric, 0L)));
        }
        if (runs > failures.size()) {
            text.append("minimum per run without a violation: %d operations, %d faults%n"
                    .formatted(leastOperations, leastFaults));
        }
        text.append("%-24s %15s %10s%n".formatted("faults", "injected", "in runs"));
        for (FaultKind kind : FaultKind.values()) {
            text.append("  %-22s %,15d %9.1f%%%n".formatted(kind, faults.getOrDefault(kind, 0L), 100 * share(kind)));
        }
        return text.toString();
    }
}
