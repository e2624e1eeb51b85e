package io.orderly.lab.torture.coordinator;

import io.orderly.coordinator.simulation.history.Linearizability;
import io.orderly.stack.coordinator.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a run.
 *
 * @param faults the number of faults of each kind
 * @param faultsOfLeaders the number of faults aimed at the leader
 * @param unanswered operations on keys without an answer
 * @param refused writes that were refused without effect because no disk, or too few, had space
 * @param holds the number of times that a lock was held
 * @param fencingTokens the number of holds with a known fencing token
 * @param forgottenHolds the number of holds that ended with their lease
 * @param timestampRanges the number of allocated ranges of timestamps
 * @param history the verdict on the operations on keys
 * @param problems descriptions of other violated guarantees, and of failures of clients
 * @param timeToProgress from the end of the faults until every member served requests
 */
record CoordinatorTortureReport(
        CoordinatorTorturePlan plan,
        Product product,
        Map<FaultKind, Integer> faults,
        int faultsOfLeaders,
        int unanswered,
        int refused,
        int holds,
        int fencingTokens,
        int forgottenHolds,
        int timestampRanges,
        HistoryVerdict history,
        List<String> problems,
        Duration timeToProgress) {

    Linearizability verdict() {
        if (!problems.isEmpty()) {
            return Linearizability.VIOLATED;
        }
        if (history.verdict() == Linearizability.HOLDS && tooFew()) {
            return Linearizability.NOT_DECIDED;
        }
        return history.verdict();
    }

    /** 0 if all holds, 1 if a guarantee was violated, 2 if that was not decided. */
    int exitCode() {
        return switch (verdict()) {
            case HOLDS -> 0;
            case VIOLATED -> 1;
            case NOT_DECIDED -> 2;
        };
    }

    private boolean tooFew() {
        return history.linearizability().operations() < plan.leastOperations()
                || faults.isEmpty()
                || (faults.containsKey(FaultKind.ALL_DISKS_FULL) && refused == 0)
                || fencingTokens < plan.leastHolds()
                || (product == Product.ORDERLY && timestampRanges == 0);
    }

    /** A human-readable report. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("Seed %d, three members of %s, %d s under faults"
                .formatted(plan.seed(), product, plan.time().toSeconds()));
        lines.add("Faults: %s; %d aimed at the leader".formatted(new TreeMap<>(faults), faultsOfLeaders));
        lines.add(
                "Operations on keys: %,d in %d groups, %,d unanswered at first, of which the members' history tells the outcome of %,d; %d unknown"
                        .formatted(
                                history.linearizability().operations(),
                                history.groups(),
                                unanswered,
                                history.resolved(),
                                history.linearizability().unknown()));
        lines.add("Writes refused for lack of space: %,d".formatted(refused));
        lines.add(
                "Locks: held %,d times, %,d times with a known fencing token, %,d times until the lease ended by itself"
                        .formatted(holds, fencingTokens, forgottenHolds));
        lines.add("Timestamps: %,d ranges".formatted(timestampRanges));
        lines.add("All members served requests %.1f s after the last fault".formatted(timeToProgress.toMillis() / 1e3));
        switch (history.linearizability().verdict()) {
            case HOLDS -> {}
            case VIOLATED ->
                lines.add("VIOLATED: not linearizable: "
                        + history.linearizability().reason());
            case NOT_DECIDED ->
                lines.add("NOT DECIDED: " + history.linearizability().reason());
        }
        history.deviations().stream().limit(10).forEach(one -> lines.add("VIOLATED: history of the members: " + one));
        problems.forEach(one -> lines.add("VIOLATED: " + one));
        if (tooFew()) {
            lines.add("NOT DECIDED: too few operations, refusals, locks, timestamps or faults");
        }
        lines.add("Verdict: " + verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return String.join(System.lineSeparator(), lines);
    }
}
