package io.orderly.lab.report;

import io.orderly.lab.audit.Violation;
import io.orderly.lab.evidence.OrderHistory;
import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Expectation;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.ExperimentResult.CheckedExpectation;
import io.orderly.lab.run.ExperimentResult.ExpectationStatus;
import io.orderly.lab.run.RunResult;
import io.orderly.lab.run.RunResult.CustomerOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report of an experiment as a page of HTML. */
public final class HtmlReport {

    private static final List<PhaseName> PHASES = List.of(PhaseName.BEFORE, PhaseName.DURING, PhaseName.AFTER);
    private static final int VIOLATIONS_SHOWN = 25;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ExperimentResult result;
    private final Experiment experiment;
    private final Markup page = new Markup();

    private HtmlReport(ExperimentResult result) {
        this.result = result;
        this.experiment = result.experiment();
    }

    public static String of(ExperimentResult result) {
        return new HtmlReport(result).write();
    }

    private String write() {
        page.trusted("<!doctype html>\n").begin("html", "lang", "en").begin("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.element("title", experiment.title());
        page.begin("style").trusted(styleSheet()).end().end();
        page.begin("body").begin("main");
        head();
        expectations();
        experiment.scenarios().forEach(this::scenario);
        setup();
        page.end().end().end();
        return page.toString();
    }

    private void head() {
        page.begin("header");
        page.element("p", "Orderly lab · " + experiment.name(), "class", "kicker");
        page.element("h1", experiment.title()).element("p", experiment.question(), "class", "question");
        if (result.isPartial()) {
            page.element(
                    "p",
                    "Partial: it was ended before its last run. What follows is what was known then.",
                    "class",
                    "warning");
        }
        page.begin("section", "class", "glance");
        for (Scenario scenario : experiment.scenarios()) {
            Summary glance = Summary.of(result, scenario);
            page.begin("div");
            page.element("h2", scenario.title());
            page.element(
                    "p",
                    glance.headline(),
                    "class",
                    "winner " + (glance.winner().isEmpty() ? "none" : "s" + styleOf(glance.winner())));
            page.element("p", glance.text()).end();
        }
        page.end().end();
    }

    private void expectations() {
        page.begin("section").element("h2", "What was expected");
        page.begin("div", "class", "scroll").begin("table").begin("thead").begin("tr");
        List.of("", "expected", "scenario", "measured").forEach(title -> page.element("th", title));
        page.end().end().begin("tbody");
        for (CheckedExpectation checked : result.checked()) {
            page.begin("tr");
            page.element(
                    "td",
                    switch (checked.status()) {
                        case MET -> "✓ met";
                        case NOT_MET -> "✗ not met";
                        case NOT_DECIDED -> "? not decided";
                    },
                    "class",
                    checked.status() == ExpectationStatus.MET ? "good" : "bad");
            page.element("td", words(checked.expectation()));
            page.element("td", checked.scenario());
            page.element("td", checked.value() == null ? "–" : number(checked.value()), "class", "number")
                    .end();
        }
        page.end().end().end().end();
    }

    private static String words(Expectation expectation) {
        String phase = expectation.measure().isOfPhase() ? " " + expectation.phase() + " the fault" : "";
        String of = expectation.relativeTo() == null ? "" : " as times that of " + expectation.relativeTo();
        List<String> bounds = new ArrayList<>();
        if (expectation.atLeast() != null) {
            bounds.add("at least " + Axis.label(expectation.atLeast()));
        }
        if (expectation.atMost() != null) {
            bounds.add("at most " + Axis.label(expectation.atMost()));
        }
        return "%s: %s%s%s %s"
                .formatted(expectation.arm(), expectation.measure().title(), phase, of, String.join(" and ", bounds));
    }

    /** The wrong ways that its services go. */
    private static String ways(Arm arm) {
        return arm.antiPatterns().entrySet().stream()
                .map(service -> ", %s goes %s".formatted(service.getKey(), String.join(" and ", service.getValue())))
                .collect(Collectors.joining());
    }

    private void scenario(Scenario scenario) {
        page.begin("section", "class", "scenario").element("h2", scenario.title());
        page.element("p", description(scenario), "class", "note");
        figures(scenario);
        fates(scenario);
        charts(scenario);
        violations(scenario);
        page.end();
    }

    private static String description(Scenario scenario) {
        List<String> parts = new ArrayList<>();
        parts.add(scenario.products().isEmpty() ? "all products" : "only " + String.join(", ", scenario.products()));
        parts.add(
                switch (scenario.load()) {
                    case Load.Open(double rate) -> Axis.label(rate) + " orders/s, whether or not the system keeps up";
                    case Load.Closed(int inFlight) ->
                        inFlight + " orders on their way at any time, the same for each arm";
                });
        scenario.latencies()
                .forEach(latency -> parts.add("%d ms each way on %s"
                        .formatted(latency.delay().toMillis(), String.join(", ", latency.links()))));
        scenario.faults()
                .forEach(fault -> parts.add("%s after %s s for %s s"
                        .formatted(fault.title(), seconds(fault.after()), seconds(fault.lasting()))));
        return String.join("; ", parts) + ".";
    }

    private static String seconds(Duration duration) {
        return Axis.label(duration.toMillis() / 1e3);
    }

    private void figures(Scenario scenario) {
        page.begin("div", "class", "scroll")
                .begin("table", "class", "figures")
                .begin("thead")
                .begin("tr");
        page.element("th", "median of the valid runs");
        experiment.arms().forEach(arm -> page.element("th", arm.name(), "class", "number s" + styleOf(arm.name())));
        page.end().end().begin("tbody");
        for (Metric measure : Metric.values()) {
            for (PhaseName phase : measure.isOfPhase() ? PHASES : List.of(PhaseName.DURING)) {
                row(scenario, measure, phase);
            }
        }
        page.begin("tr").element("td", "runs, valid of all");
        for (Arm arm : experiment.arms()) {
            page.element(
                    "td",
                    "%d of %d"
                            .formatted(
                                    result.valid(arm, scenario).size(),
                                    result.runs(arm, scenario).size()),
                    "class",
                    "number");
        }
        page.end().end().end().end();
        for (Arm arm : experiment.arms()) {
            for (RunResult run : result.runs(arm, scenario)) {
                if (!run.isValid()) {
                    page.element(
                            "p",
                            "Invalid, and in no figure: %s with seed %d. %s"
                                    .formatted(arm.name(), run.seed(), String.join("; ", run.validityProblems())),
                            "class",
                            "warning");
                }
            }
        }
    }

    private void row(Scenario scenario, Metric measure, PhaseName phase) {
        List<OptionalDouble> values = experiment.arms().stream()
                .map(arm -> result.typical(arm, scenario, measure, phase))
                .toList();
        if (values.stream().allMatch(OptionalDouble::isEmpty)) {
            return;
        }
        page.begin("tr");
        page.element("td", measure.isOfPhase() ? "%s, %s".formatted(measure.title(), phase) : measure.title());
        for (Arm arm : experiment.arms()) {
            OptionalDouble value = result.typical(arm, scenario, measure, phase);
            double[] range = result.range(arm, scenario, measure, phase);
            page.begin("td", "class", "number").text(value.isEmpty() ? "–" : number(value.getAsDouble()));
            if (range.length == 2 && range[1] > range[0]) {
                page.element("small", " %s to %s".formatted(number(range[0]), number(range[1])));
            }
            long without = result.without(arm, scenario, measure, phase);
            if (value.isPresent() && without > 0) {
                page.element(
                        "small",
                        " none in %d of %d runs"
                                .formatted(without, result.valid(arm, scenario).size()));
            }
            page.end();
        }
        page.end();
    }

    private void fates(Scenario scenario) {
        page.element("h3", "What became of the orders");
        page.begin("div", "class", "scroll")
                .begin("table", "class", "fates")
                .begin("thead")
                .begin("tr")
                .element("th", "");
        for (CustomerOutcome fate : CustomerOutcome.values()) {
            page.element("th", fate.name().toLowerCase(Locale.ROOT), "class", "number");
        }
        page.element("th", "").end().end().begin("tbody");
        for (Arm arm : experiment.arms()) {
            Map<CustomerOutcome, Long> fates = result.runs(arm, scenario).stream()
                    .flatMap(run -> run.outcomes().entrySet().stream())
                    .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue)));
            long all = Math.max(
                    1, fates.values().stream().mapToLong(Long::longValue).sum());
            page.begin("tr").element("td", arm.name());
            for (CustomerOutcome fate : CustomerOutcome.values()) {
                page.element("td", fates.getOrDefault(fate, 0L), "class", "number");
            }
            page.begin("td", "class", "bar").begin("svg", "viewBox", "0 0 200 12", "aria-hidden", "true");
            double from = 0;
            for (CustomerOutcome fate : CustomerOutcome.values()) {
                double width = 200.0 * fates.getOrDefault(fate, 0L) / all;
                page.empty(
                        "rect",
                        "class",
                        "fate-" + fate.name().toLowerCase(Locale.ROOT),
                        "x",
                        at(from),
                        "y",
                        0,
                        "width",
                        at(width),
                        "height",
                        12);
                from += width;
            }
            page.end().end().end();
        }
        page.end().end().end();
    }

    private void charts(Scenario scenario) {
        List<RunResult> shown = new ArrayList<>();
        for (Arm arm : experiment.arms()) {
            result.valid(arm, scenario).stream()
                    .findFirst()
                    .or(() -> result.runs(arm, scenario).stream().findFirst())
                    .ifPresent(shown::add);
        }
        if (shown.isEmpty()) {
            return;
        }
        page.element("h3", "Over time")
                .element(
                        "p",
                        "One run of each arm, seed %d. Times to the end stand where the order should have been placed. Shaded: a fault."
                                .formatted(shown.getFirst().seed()),
                        "class",
                        "note");
        page.begin("div", "class", "charts");
        new RunCharts(shown, experiment).all().forEach(chart -> chart.writeTo(page));
        page.end();
    }

    private void violations(Scenario scenario) {
        for (Arm arm : experiment.arms()) {
            for (RunResult run : result.runs(arm, scenario)) {
                if (!run.violations().isEmpty()) {
                    violations(arm, run);
                }
            }
        }
    }

    private void violations(Arm arm, RunResult run) {
        page.begin("section", "class", "violations");
        page.element(
                "h3",
                "What %s broke, seed %d: %d violations"
                        .formatted(arm.name(), run.seed(), run.violations().size()));
        Map<String, Long> counts = run.violations().stream()
                .collect(Collectors.groupingBy(Violation::invariant, TreeMap::new, Collectors.counting()));
        page.begin("ul");
        counts.forEach((invariant, count) -> page.element("li", "%d × %s".formatted(count, invariant)));
        page.end();
        page.begin("details").element("summary", "the first of them, with ids").begin("ul");
        run.violations().stream()
                .limit(VIOLATIONS_SHOWN)
                .forEach(violation -> page.element("li", violation.toString()));
        page.end().end();
        if (run.history() != null) {
            story(run.history());
        }
        page.end();
    }

    private void story(OrderHistory story) {
        page.element("h3", "The story of one of them: " + story.subject());
        page.begin("div", "class", "scroll").begin("table").begin("thead").begin("tr");
        List.of("at, UTC", "where", "what").forEach(title -> page.element("th", title));
        page.end().end().begin("tbody");
        for (OrderHistory.Line line : story.lines()) {
            page.begin("tr");
            page.element("td", line.at() == null ? "in the end" : TIME.format(line.at()));
            page.element("td", line.where()).element("td", line.what()).end();
        }
        page.end().end().end();
    }

    private void setup() {
        page.begin("section").element("h2", "How it was measured").begin("dl");
        fact("command", result.command());
        fact("begun", result.at().truncatedTo(ChronoUnit.SECONDS));
        fact(
                "seed",
                "%d, one more for each repeat; repeats: %d"
                        .formatted(result.seed(), result.extent().repeats()));
        fact(
                "phases",
                result.extent().phases().entrySet().stream()
                        .map(phase -> phase.getKey() + " " + seconds(phase.getValue()) + " s")
                        .collect(Collectors.joining(", ")));
        fact(
                "arms",
                experiment.arms().stream()
                        .map(arm -> "%s is %s%s".formatted(arm.name(), arm.calls(), ways(arm)))
                        .collect(Collectors.joining("; ")));
        fact(
                "machine",
                "%d processors, %s, disk %s, %s, %s"
                        .formatted(
                                result.machine().processors(),
                                result.machine().memory(),
                                result.machine().disk(),
                                result.machine().system(),
                                result.machine().java()));
        page.end();
        page.element(
                "p",
                "All processes and the load ran on this one machine. Each run began from the same restored databases, topics and provider's book. Latency counts from when a request should have been sent. Goodput counts orders that came to their end. Orders that never ended are in no latency; they are counted as unknown.",
                "class",
                "note");
        page.end();
    }

    private void fact(String name, Object value) {
        page.element("dt", name).element("dd", value);
    }

    private int styleOf(String arm) {
        return RunCharts.styleOf(experiment, arm);
    }

    private static String number(double value) {
        if (value == Math.rint(value) && value < 1e9) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String at(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    private static String styleSheet() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
