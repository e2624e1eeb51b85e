package io.orderly.coordinator.simulation;

import io.orderly.coordinator.simulation.history.Verdict;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param violation the first one; the run ends there
 * @param linearizability not decided also if the run ended before its history was checked
 */
public record RunReport(
        Run run,
        Optional<Violation> violation,
        Verdict linearizability,
        Map<FaultKind, Integer> faults,
        Map<Figure, Long> figures) {

    /** How many were injected. */
    public int faultCount() {
        return FaultKind.injected(faults);
    }
}
