package io.orderly.lab.crash;

import io.orderly.lab.audit.AuditReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of it.
 *
 * @param notBegun cells for which there was no time
 * @param unlisted crash points of services that the matrix does not know
 * @param suddenDeaths ends of processes that nobody had ordered
 * @param unfinished what was left to do when patience ended; null if nothing was
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
     * A cell that was tried.
     *
     * @param passing the crash was ordered for this passing
     * @param ordersInFlight when the service died
     * @param died how long after the order; null if it never did, which is a failure of the run
     * @param back how long after its death it was ready again; null if it never was
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

    /** Whether every cell that was begun was reached and survived, and everything is as it was promised. */
    public boolean isPassed() {
        return !cells.isEmpty()
                && cells.stream().allMatch(CellResult::isSurvived)
                && unlisted.isEmpty()
                && suddenDeaths.isEmpty()
                && unfinished == null
                && audit.isClean()
                && audit.needsNoOperator();
    }

    /** For people. */
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
                                    ? "was NEVER PASSED %d times".formatted(each.passing())
                                    : "died at passing %d after %.1f s, %s"
                                            .formatted(
                                                    each.passing(),
                                                    each.died().toMillis() / 1e3,
                                                    each.back() == null
                                                            ? "NEVER CAME BACK"
                                                            : "ready %.1f s later"
                                                                    .formatted(each.back()
                                                                                    .toMillis()
                                                                            / 1e3))));
        }
        if (!notBegun.isEmpty()) {
            text.append("No time for %d cells: %s%n".formatted(notBegun.size(), notBegun));
        }
        unlisted.forEach(each -> text.append("Not in the matrix: ").append(each).append('\n'));
        suddenDeaths.forEach(each -> text.append(each.strip()).append('\n'));
        if (unfinished != null) {
            text.append("Not finished: ").append(unfinished).append('\n');
        }
        return text.append(audit)
                .append(isPassed() ? "PASSED" : "FAILED")
                .append('\n')
                .toString();
    }
}
