package io.orderly.lab.torture.coordinator;

import io.orderly.coordinator.simulation.history.Linearizability;
import io.orderly.coordinator.simulation.history.LinearizabilityChecker;
import io.orderly.coordinator.simulation.history.LinearizabilityResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the history of every group of keys is linearizable.
 *
 * @param groups how many were checked
 * @param operations in all groups
 * @param resolved unanswered operations whose outcome the members have kept
 * @param unknown operations whose outcome is not known
 * @param violated descriptions of groups for which no order explains all answers
 * @param notDecided descriptions of groups that could not be decided
 * @param lost descriptions of acknowledged writes that were not kept
 */
record HistoryVerdict(
        int groups,
        int operations,
        int resolved,
        int unknown,
        List<String> violated,
        List<String> notDecided,
        List<String> lost) {

    private static final int MAX_CONFIGURATIONS = 2_000_000;

    static HistoryVerdict of(ResolvedHistory history) {
        var checker = new LinearizabilityChecker(MAX_CONFIGURATIONS);
        List<String> violated = new ArrayList<>();
        List<String> notDecided = new ArrayList<>();
        int operations = 0;
        for (var group : history.groups().entrySet()) {
            LinearizabilityResult result = checker.check(group.getValue());
            operations += result.operations();
            String description = "group %d: %s".formatted(group.getKey(), result.reason());
            switch (result.verdict()) {
                case HOLDS -> {}
                case VIOLATED -> violated.add(description);
                case NOT_DECIDED -> notDecided.add(description);
            }
        }
        return new HistoryVerdict(
                history.groups().size(),
                operations,
                history.resolved(),
                history.unknown(),
                violated,
                notDecided,
                List.copyOf(history.lost()));
    }

    Linearizability verdict() {
        if (!violated.isEmpty() || !lost.isEmpty()) {
            return Linearizability.VIOLATED;
        }
        return notDecided.isEmpty() ? Linearizability.HOLDS : Linearizability.NOT_DECIDED;
    }
}
