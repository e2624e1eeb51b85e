package io.orderly.lab.report;

import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.Measured;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
     * @param samples the number of orders of which it is a percentile, of the run with the fewest; empty for other figures
     * @param missing in how many runs there is no value; empty if there is one in all, or in none
     */
    record Cell(String median, String range, String samples, String missing) {}

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
        Optional<Measured> median = result.typical(arm, scenario, metric, phase);
        List<String> range = result.range(arm, scenario, metric, phase).stream()
                .map(value -> Figure.of(metric, value))
                .distinct()
                .toList();
        long samples = median.map(Measured::samples).orElse(0L);
        long without = result.without(arm, scenario, metric, phase);
        return new Cell(
                median.map(value -> Figure.of(metric, value)).orElse(UNKNOWN),
                range.size() > 1 ? String.join(" to ", range) : "",
                samples > 0 ? "n = %,d".formatted(samples) : "",
                median.isPresent() && without > 0
                        ? "none in %d of %d runs"
                                .formatted(without, result.valid(arm, scenario).size())
                        : "");
    }
}
