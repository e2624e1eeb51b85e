package io.orderly.coordinator.simulation;

import io.orderly.coordinator.simulation.history.Linearizability;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a run.
 *
 * @param violation the first one; the run ends there
 * @param linearizability {@code NOT_DECIDED} also if the run ended before its history was checked
 */
public record RunReport(
        RunParameters run,
        Optional<Violation> violation,
        Linearizability linearizability,
        Map<FaultKind, Integer> faults,
        Map<RunMetric, Long> metrics) {

    /** How many were injected. */
    public int faultCount() {
        return FaultKind.injected(faults);
    }
}
