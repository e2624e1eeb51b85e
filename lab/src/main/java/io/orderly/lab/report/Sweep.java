package io.orderly.lab.report;

import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.report.Chart.Line;
import io.orderly.lab.report.Chart.Point;
import io.orderly.lab.run.Crossing;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.Interval;
import io.orderly.lab.run.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The same scenario with several numbers of orders in flight, before its faults.
 *
 * @param levels in ascending order of their numbers
 */
record Sweep(String name, List<Scenario> levels) {

    static List<Sweep> of(Experiment experiment) {
        Map<String, List<Scenario>> levels = new LinkedHashMap<>();
        for (Scenario scenario : experiment.scenarios()) {
            if (scenario.sweep() != null) {
                levels.computeIfAbsent(scenario.sweep(), _ -> new ArrayList<>()).add(scenario);
            }
        }
        return levels.entrySet().stream()
                .map(sweep -> new Sweep(sweep.getKey(), sweep.getValue()))
                .toList();
    }

    /** The curves of all arms. */
    List<Chart> charts(ExperimentResult result) {
        return List.of(
                chart(result, Metric.GOODPUT, "Goodput by orders in flight", "orders/s"),
                chart(result, Metric.P50, "Latency by orders in flight", "p50, ms"));
    }

    /** Where each arm crosses the pattern, in words. */
    List<String> findings(ExperimentResult result) {
        Arm pattern = result.experiment().pattern();
        return result.experiment().others().stream()
                .filter(other -> levels.getFirst().isFor(other))
                .map(other -> {
                    String between = "The goodput of %s and %s".formatted(other.name(), pattern.name());
                    List<Crossing> crossings = result.crossings(other, pattern, byNumber());
                    return crossings.isEmpty()
                            ? between + " does not cross at these numbers."
                            : crossings.stream()
                                    .map(crossing -> "%s crosses between %d and %d orders in flight, at about %s%s."
                                            .formatted(
                                                    between,
                                                    crossing.below(),
                                                    crossing.above(),
                                                    Figure.number(crossing.at()),
                                                    inWords(crossing.interval())))
                                    .collect(Collectors.joining(" "));
                })
                .toList();
    }

    private String inWords(@Nullable Interval interval) {
        if (interval == null) {
            return "; this is not decided";
        }
        return " (95 %% interval: %s to %s)"
                .formatted(
                        interval.low() == 0 ? "below " + inFlight(levels.getFirst()) : Figure.number(interval.low()),
                        Double.isInfinite(interval.high())
                                ? "above " + inFlight(levels.getLast())
                                : Figure.number(interval.high()));
    }

    private SortedMap<Integer, Scenario> byNumber() {
        return levels.stream()
                .collect(Collectors.toMap(Sweep::inFlight, Function.identity(), (one, _) -> one, TreeMap::new));
    }

    private Chart chart(ExperimentResult result, Metric metric, String title, String unit) {
        List<Line> lines = result.experiment().arms().stream()
                .map(arm -> new Line(
                        arm.name(),
                        RunCharts.styleOf(result.experiment(), arm.name()),
                        levels.stream()
                                .map(level -> new Point(
                                        inFlight(level),
                                        result.typical(arm, level, metric, PhaseName.BEFORE)
                                                .map(Measured::value)
                                                .orElse(Double.NaN)))
                                .toList()))
                .toList();
        double highest = lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::y)
                .filter(y -> !Double.isNaN(y))
                .max()
                .orElse(1);
        return new Chart(
                title,
                unit,
                new Axis.Levels(
                        levels.stream().map(level -> (double) inFlight(level)).toList()),
                Axis.Linear.upTo(highest),
                "orders in flight",
                lines,
                List.of(),
                List.of());
    }

    private static int inFlight(Scenario level) {
        return switch (level.load()) {
            case Load.Closed(int inFlight) -> inFlight;
            case Load.Open _ -> throw new IllegalStateException(level.name() + " has no number of orders in flight");
        };
    }
}
