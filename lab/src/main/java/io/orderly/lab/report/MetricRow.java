package io.orderly.lab.report;

import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.ExperimentResult;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A row of a scenario's table of figures.
 *
 * @param title the measure and, if each phase has its own, the phase
 * @param cells one for each arm
 */
record MetricRow(String title, List<Cell> cells) {

    private static final List<PhaseName> PHASES = List.of(PhaseName.BEFORE, PhaseName.DURING, PhaseName.AFTER);
    private static final String UNKNOWN = "–";

    /**
     * The figure of an arm.
     *
     * @param range its lowest and highest value; empty if they are the same
     * @param missing in how many runs there is no value; empty if there is one in all, or in none
     */
    record Cell(String median, String range, String missing) {}

    /** A row for each measure and phase of which an arm has a figure. */
    static List<MetricRow> of(ExperimentResult result, Scenario scenario) {
        return Arrays.stream(Metric.values())
                .flatMap(metric -> (metric.isOfPhase() ? PHASES.stream() : Stream.of(PhaseName.DURING))
                        .map(phase -> row(result, scenario, metric, phase)))
                .filter(row ->
                        row.cells().stream().anyMatch(cell -> !cell.median().equals(UNKNOWN)))
                .toList();
    }

    private static MetricRow row(ExperimentResult result, Scenario scenario, Metric metric, PhaseName phase) {
        return new MetricRow(
                metric.isOfPhase() ? "%s, %s".formatted(metric.title(), phase) : metric.title(),
                result.experiment().arms().stream()
                        .map(arm -> cell(result, arm, scenario, metric, phase))
                        .toList());
    }

    private static Cell cell(ExperimentResult result, Arm arm, Scenario scenario, Metric metric, PhaseName phase) {
        OptionalDouble median = result.typical(arm, scenario, metric, phase);
        double[] range = result.range(arm, scenario, metric, phase);
        long without = result.without(arm, scenario, metric, phase);
        return new Cell(
                median.isEmpty() ? UNKNOWN : ReportPage.number(median.getAsDouble()),
                range.length == 2 && range[1] > range[0]
                        ? "%s to %s".formatted(ReportPage.number(range[0]), ReportPage.number(range[1]))
                        : "",
                median.isPresent() && without > 0
                        ? "none in %d of %d runs"
                                .formatted(without, result.valid(arm, scenario).size())
                        : "");
    }
}
