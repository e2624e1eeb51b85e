package io.orderly.lab.report;

import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.report.Chart.Band;
import io.orderly.lab.report.Chart.Dots;
import io.orderly.lab.report.Chart.Line;
import io.orderly.lab.report.Chart.Mark;
import io.orderly.lab.report.Chart.Point;
import io.orderly.lab.run.RunResult;
import io.orderly.lab.run.RunResult.CustomerOutcome;
import io.orderly.lab.run.RunResult.OrderEnd;
import io.orderly.lab.run.RunResult.Second;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The charts of one run of each arm, and of some metrics of all its runs. Charts of the same metric have the same axes. */
final class RunCharts {

    private static final int NINES = 4;
    private static final int STYLES = 8;

    private final List<RunResult> runs;
    private final List<RunResult> valid;
    private final Experiment experiment;
    private final Axis time;
    private final Axis millis;

    /**
     * @param runs one of each arm
     * @param valid all valid runs of all arms
     */
    RunCharts(List<RunResult> runs, List<RunResult> valid, Experiment experiment) {
        this.runs = runs;
        this.valid = valid;
        this.experiment = experiment;
        this.time = Axis.Linear.exactly(Stream.concat(runs.stream(), valid.stream())
                .mapToInt(run -> run.seconds().size())
                .max()
                .orElse(1));
        this.millis = Axis.Logarithmic.over(
                runs.stream()
                        .flatMap(run -> run.ends().stream())
                        .mapToDouble(OrderEnd::millis)
                        .min()
                        .orElse(values(Second::medianMillis).min().orElse(1)),
                values(Second::longestMillis).max().orElse(1_000));
    }

    /** The index of the line style of an arm, from 0. */
    static int styleOf(Experiment experiment, String arm) {
        for (int i = 0; i < experiment.arms().size(); i++) {
            if (experiment.arms().get(i).name().equals(arm)) {
                return i % STYLES;
            }
        }
        return 0;
    }

    List<Chart> all() {
        List<Chart> charts = new ArrayList<>();
        charts.add(overTime("Goodput", "orders/s", second -> (double) second.good()));
        charts.add(overTime("In progress", "orders in progress", second -> asDouble(second.inFlight())));
        runs.forEach(run -> charts.add(latency(run)));
        runs.stream().filter(run -> !run.ends().isEmpty()).forEach(run -> charts.add(ends(run)));
        charts.add(spectrum());
        if (values(Second::inDoubtSeconds).anyMatch(seconds -> seconds > 0)) {
            charts.add(overTime("In doubt", "prepared transactions", second -> asDouble(second.inDoubt())));
            charts.add(overTime("Age of the oldest in-doubt transaction", "seconds", Second::inDoubtSeconds));
        }
        runs.stream()
                .filter(run -> run.seconds().stream()
                        .anyMatch(second -> !second.sagas().isEmpty()))
                .forEach(run -> charts.add(sagas(run)));
        return charts;
    }

    private Chart overTime(String title, String unit, Function<Second, @Nullable Double> value) {
        List<Line> lines = runs.stream().flatMap(run -> lines(run, value)).toList();
        return chart(title, unit, Axis.Linear.upTo(highest(lines)), lines, runs);
    }

    /** The line of an arm; if it has several valid runs, a thin line for each, and their median. */
    private Stream<Line> lines(RunResult shown, Function<Second, @Nullable Double> value) {
        List<Line> each = valid.stream()
                .filter(run -> run.arm().equals(shown.arm()))
                .map(run -> line(run, value))
                .toList();
        return each.size() < 2
                ? Stream.of(line(shown, value))
                : Stream.concat(each.stream().map(Line::thin), Stream.of(median(each)));
    }

    private Line line(RunResult run, Function<Second, @Nullable Double> value) {
        return new Line(run.arm(), styleOf(experiment, run.arm()), points(run, value));
    }

    /** @param lines of one arm, each with a point for each second */
    private static Line median(List<Line> lines) {
        int seconds =
                lines.stream().mapToInt(line -> line.points().size()).max().orElse(0);
        List<Point> points = IntStream.range(0, seconds)
                .mapToObj(second -> new Point(
                        second + 0.5,
                        median(lines.stream()
                                .filter(line -> second < line.points().size())
                                .mapToDouble(line -> line.points().get(second).y()))))
                .toList();
        return new Line(lines.getFirst().name(), lines.getFirst().style(), points);
    }

    /** NaN if no value is known. */
    private static double median(DoubleStream values) {
        double[] sorted = values.filter(value -> !Double.isNaN(value)).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private Chart ends(RunResult run) {
        List<Dots> dots = Stream.of(CustomerOutcome.values())
                .map(outcome -> new Dots(
                        OutcomeRow.nameOf(outcome),
                        OutcomeRow.styleOf(outcome),
                        switch (outcome) {
                            case CONFIRMED -> "h0";
                            case COMPENSATED -> "h3";
                            case FAILED, UNKNOWN -> "v3";
                        },
                        run.ends().stream()
                                .filter(end -> end.outcome() == outcome)
                                .map(end -> new Point(end.at(), end.millis()))
                                .toList()))
                .filter(each -> !each.points().isEmpty())
                .toList();
        return new Chart(
                "Orders, " + run.arm(),
                "ms to the end, at the intended start",
                time,
                millis,
                "seconds",
                List.of(),
                bands(List.of(run)),
                marks(run),
                dots);
    }

    private Chart latency(RunResult run) {
        List<Line> lines = List.of(
                new Line("median", 0, points(run, Second::medianMillis)),
                new Line("longest", 1, points(run, Second::longestMillis)));
        return chart("Latency, " + run.arm(), "ms", millis, lines, List.of(run));
    }

    private Chart sagas(RunResult run) {
        TreeSet<String> states = new TreeSet<>();
        run.seconds().forEach(second -> states.addAll(second.sagas().keySet()));
        List<Line> lines = new ArrayList<>();
        for (String state : states) {
            lines.add(new Line(state, lines.size() % STYLES, points(run, second ->
                    (double) second.sagas().getOrDefault(state, 0L))));
        }
        return chart("States of sagas, " + run.arm(), "sagas", Axis.Linear.upTo(highest(lines)), lines, List.of(run));
    }

    private Chart spectrum() {
        List<Line> lines = runs.stream()
                .map(run -> new Line(
                        run.arm(),
                        styleOf(experiment, run.arm()),
                        run.latency().spectrum().stream()
                                .map(point -> new Point(point.percentile(), point.millis()))
                                .toList()))
                .toList();
        DoubleStream all =
                lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y);
        double[] sorted = all.sorted().toArray();
        Axis yAxis = sorted.length == 0
                ? Axis.Logarithmic.over(1, 1_000)
                : Axis.Logarithmic.over(sorted[0], sorted[sorted.length - 1]);
        return new Chart(
                "Latency spectrum",
                "ms, without the warm-up",
                new Axis.Nines(NINES),
                yAxis,
                "percentile",
                lines,
                List.of(),
                List.of());
    }

    private Chart chart(String title, String unit, Axis yAxis, List<Line> lines, List<RunResult> of) {
        return new Chart(title, unit, time, yAxis, "seconds", lines, bands(of), marks(of.getFirst()));
    }

    private static List<Band> bands(List<RunResult> of) {
        return of.stream()
                .flatMap(run -> run.faults().stream())
                .map(fault -> new Band(fault.from(), fault.to(), fault.title()))
                .toList();
    }

    /** A phase begins where the previous one ends, to within a second. */
    private static List<Mark> marks(RunResult run) {
        List<Mark> marks = new ArrayList<>();
        double at = 0;
        for (PhaseName phase : PhaseName.values()) {
            marks.add(new Mark(at, phase.toString()));
            Duration lasted =
                    run.phases().containsKey(phase) ? run.phases().get(phase).lasted() : Duration.ZERO;
            at += lasted.toMillis() / 1e3;
            if (lasted.isZero()) {
                break;
            }
        }
        return marks;
    }

    private static List<Point> points(RunResult run, Function<Second, @Nullable Double> value) {
        return run.seconds().stream()
                .map(second -> {
                    Double known = value.apply(second);
                    return new Point(second.at() + 0.5, known == null ? Double.NaN : known);
                })
                .toList();
    }

    private DoubleStream values(Function<Second, @Nullable Double> value) {
        return runs.stream()
                .flatMap(run -> run.seconds().stream())
                .flatMap(second -> Stream.ofNullable(value.apply(second)))
                .mapToDouble(Double::doubleValue);
    }

    private static double highest(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::y)
                .filter(y -> !Double.isNaN(y))
                .max()
                .orElse(1);
    }

    private static @Nullable Double asDouble(@Nullable Integer value) {
        return value == null ? null : (double) value;
    }
}
