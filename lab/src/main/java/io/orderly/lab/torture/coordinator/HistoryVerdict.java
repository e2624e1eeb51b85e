package io.orderly.lab.torture.coordinator;

import io.orderly.coordinator.simulation.history.Linearizability;
import io.orderly.coordinator.simulation.history.LinearizabilityChecker;
import io.orderly.coordinator.simulation.history.LinearizabilityResult;
import java.util.List;

/**
 * Whether the history of all groups of keys is linearizable.
 *
 * @param groups the number of checked groups
 * @param resolved unanswered operations whose outcome the members have kept
 * @param linearizability of the operations whose outcome is known, and of those that may have taken effect
 * @param deviations descriptions of acknowledged writes that were lost or changed, and of writes that took effect twice or although they were
 *     refused
 */
record HistoryVerdict(int groups, int resolved, LinearizabilityResult linearizability, List<String> deviations) {

    /** For one group. */
    private static final int MAX_CONFIGURATIONS = 2_000_000;

    static HistoryVerdict of(ResolvedHistory resolved) {
        return new HistoryVerdict(
                resolved.groups(),
                resolved.resolved(),
                new LinearizabilityChecker(MAX_CONFIGURATIONS).check(resolved.history()),
                List.copyOf(resolved.deviations()));
    }

    Linearizability verdict() {
        return deviations.isEmpty() ? linearizability.verdict() : Linearizability.VIOLATED;
    }
}
