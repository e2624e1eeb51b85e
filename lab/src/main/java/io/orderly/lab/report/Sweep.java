package io.orderly.lab.report;

import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.report.Chart.Line;
import io.orderly.lab.report.Chart.Point;
import io.orderly.lab.run.Comparison;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same scenario with several numbers of orders in flight, before its faults.
 *
 * @param levels in ascending order of their numbers
 */
record Sweep(String name, List<Scenario> levels) {

    /** Two neighbouring levels of which one arm has the higher goodput at one, and another arm at the other. */
    record Crossing(int below, int above, double at, boolean isDecided) {}

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
                    List<Crossing> crossings = crossings(result, other);
                    return crossings.isEmpty()
                            ? between + " does not cross at these numbers."
                            : crossings.stream()
                                    .map(crossing -> "%s crosses between %d and %d orders in flight, at about %s%s."
                                            .formatted(
                                                    between,
                                                    crossing.below(),
                                                    crossing.above(),
                                                    Figure.number(crossing.at()),
                                                    crossing.isDecided() ? "" : "; this is not decided"))
                                    .reduce((some, others) -> some + " " + others)
                                    .orElseThrow();
                })
                .toList();
    }

    /** At each of them the other arm is ahead of the pattern below and behind it above, or the other way round. */
    List<Crossing> crossings(ExperimentResult result, Arm other) {
        List<Crossing> crossings = new ArrayList<>();
        int below = 0;
        Comparison before = null;
        for (Scenario level : levels) {
            Comparison here = result.compared(
                            other, result.experiment().pattern(), level, Metric.GOODPUT, PhaseName.BEFORE)
                    .orElse(null);
            if (here == null) {
                continue;
            }
            if (before != null && (ratio(before) - 1) * (ratio(here) - 1) < 0) {
                crossings.add(new Crossing(
                        below,
                        inFlight(level),
                        between(below, ratio(before), inFlight(level), ratio(here)),
                        before.isDecided() && here.isDecided()));
            }
            before = here;
            below = inFlight(level);
        }
        return crossings;
    }

    /** Where a line through both ratios is 1, on logarithmic scales; in the middle if a ratio has no logarithm. */
    private static double between(int below, double ratioBelow, int above, double ratioAbove) {
        double share = Math.log(ratioBelow) / (Math.log(ratioBelow) - Math.log(ratioAbove));
        return below * Math.pow((double) above / below, share > 0 && share < 1 ? share : 0.5);
    }

    private static double ratio(Comparison comparison) {
        return comparison.ratio().value();
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
