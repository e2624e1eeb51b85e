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
 * @param ratios one for each arm but the pattern: how often its value is that of the pattern
 */
record MetricRow(String title, List<Cell> cells, List<Cell> ratios) {

    private static final List<PhaseName> PHASES = List.of(PhaseName.BEFORE, PhaseName.DURING, PhaseName.AFTER);

    /**
     * A figure, and what has to be known about it.
     *
     * @param figure {@link Figure#UNKNOWN} without one
     * @param notes such as the lowest and highest value, and the number of orders
     */
    record Cell(String figure, List<String> notes) {

        private static final Cell UNKNOWN = new Cell(Figure.UNKNOWN, List.of());

        @Override
        public String toString() {
            return notes.isEmpty() ? figure : "%s (%s)".formatted(figure, String.join(", ", notes));
        }
    }

    /** A row for each measure and phase of which an arm has a figure. */
    static List<MetricRow> of(ExperimentResult result, Scenario scenario) {
        return Arrays.stream(Metric.values())
                .flatMap(metric -> (metric.isOfPhase() ? PHASES.stream() : Stream.of(PhaseName.DURING))
                        .map(phase -> row(result, scenario, metric, phase)))
                .filter(row -> row.cells().stream().anyMatch(cell -> !cell.equals(Cell.UNKNOWN)))
                .toList();
    }

    private static MetricRow row(ExperimentResult result, Scenario scenario, Metric metric, PhaseName phase) {
        Arm pattern = result.experiment().pattern();
        return new MetricRow(
                metric.isOfPhase() ? "%s, %s".formatted(metric.title(), phase) : metric.title(),
                result.experiment().arms().stream()
                        .map(arm -> cell(result, arm, scenario, metric, phase))
                        .toList(),
                result.experiment().others().stream()
                        .map(other -> metric.isCount()
                                ? Cell.UNKNOWN
                                : result.compared(other, pattern, scenario, metric, phase)
                                        .map(comparison ->
                                                new Cell(Figure.of(comparison), List.of(Figure.interval(comparison))))
                                        .orElse(Cell.UNKNOWN))
                        .toList());
    }

    private static Cell cell(ExperimentResult result, Arm arm, Scenario scenario, Metric metric, PhaseName phase) {
        Optional<Measured> median = result.typical(arm, scenario, metric, phase);
        if (median.isEmpty()) {
            return Cell.UNKNOWN;
        }
        List<String> range = result.range(arm, scenario, metric, phase).stream()
                .map(value -> Figure.of(metric, value))
                .distinct()
                .toList();
        long samples = median.get().samples();
        long without = result.without(arm, scenario, metric, phase);
        int valid = result.valid(arm, scenario).size();
        return new Cell(
                Figure.of(metric, median.get()),
                Stream.of(
                                range.size() > 1 ? String.join(" to ", range) : "",
                                samples > 0 ? "n = %,d".formatted(samples) : "",
                                without > 0 ? "none in %d of %d runs".formatted(without, valid) : "")
                        .filter(note -> !note.isEmpty())
                        .toList());
    }
}
