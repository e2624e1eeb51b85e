package io.orderly.lab.crash;

import io.orderly.lab.audit.AuditReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run of the crash-point matrix.
 *
 * @param notBegun cells that were skipped for lack of time
 * @param unlisted crash points of the services that the matrix does not contain
 * @param suddenDeaths unexpected exits of processes
 * @param unfinished the pending work when the timeout expired; null if there was none
 */
public record CrashReport(
        CrashPlan plan,
        List<CellResult> cells,
        List<MatrixCell> notBegun,
        List<String> unlisted,
        List<String> suddenDeaths,
        @Nullable String unfinished,
        AuditReport audit) {

    /**
     * The result of a cell.
     *
     * @param passing the passing of the point at which the crash was requested
     * @param ordersInFlight when the service crashed
     * @param died the time from arming the point to the crash; null if it did not happen, which fails the run
     * @param back the time from the crash until it was ready again; null if it was not
     */
    public record CellResult(
            MatrixCell cell,
            int passing,
            int ordersInFlight,
            @Nullable Duration died,
            @Nullable Duration back) {

        boolean isSurvived() {
            return died != null && back != null;
        }
    }

    /**
     * Whether every crash point of the tried cells was reached, every service recovered, and the audit found no
     * violation.
     */
    public boolean isPassed() {
        return !cells.isEmpty()
                && cells.stream().allMatch(CellResult::isSurvived)
                && unlisted.isEmpty()
                && suddenDeaths.isEmpty()
                && unfinished == null
                && audit.isClean()
                && audit.needsNoOperator();
    }

    /** A human-readable report. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append("Seed %d: %d cells, %d orders placed%n".formatted(plan.seed(), cells.size(), audit.requests()));
        for (CellResult each : cells) {
            text.append("  %-18s %-42s %s%n"
                    .formatted(
                            each.cell().service(),
                            each.cell().point(),
                            each.died() == null
                                    ? "was NOT REACHED %d times".formatted(each.passing())
                                    : "crashed at passing %d after %.1f s, %s"
                                            .formatted(
                                                    each.passing(),
                                                    each.died().toMillis() / 1e3,
                                                    each.back() == null
                                                            ? "DID NOT RECOVER"
                                                            : "ready %.1f s later"
                                                                    .formatted(each.back()
                                                                                    .toMillis()
                                                                            / 1e3))));
        }
        if (!notBegun.isEmpty()) {
            text.append("Skipped for lack of time: %d cells: %s%n".formatted(notBegun.size(), notBegun));
        }
        unlisted.forEach(each -> text.append("Crash point that is not in the matrix: ")
                .append(each)
                .append('\n'));
        suddenDeaths.forEach(each -> text.append(each.strip()).append('\n'));
        if (unfinished != null) {
            text.append("Still pending: ").append(unfinished).append('\n');
        }
        return text.append(audit)
                .append(isPassed() ? "PASSED" : "FAILED")
                .append('\n')
                .toString();
    }
}
