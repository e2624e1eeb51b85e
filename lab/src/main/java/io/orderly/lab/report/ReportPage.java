package io.orderly.lab.report;

import io.orderly.lab.audit.Violation;
import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Expectation;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.ExperimentResult.ExpectationStatus;
import io.orderly.lab.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the templates of the report show of a result. */
record ReportPage(ExperimentResult result) {

    private static final int VIOLATIONS_SHOWN = 25;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    Experiment experiment() {
        return result.experiment();
    }

    String styleSheet() {
        return HtmlReport.styleSheet();
    }

    /** The CSS class of an arm's colour. */
    String styleOf(String arm) {
        return "s" + RunCharts.styleOf(experiment(), arm);
    }

    String inWords(ExpectationStatus finding) {
        return words(finding);
    }

    static String words(ExpectationStatus finding) {
        return switch (finding) {
            case MET -> "✓ met";
            case NOT_MET -> "✗ not met";
            case NOT_DECIDED -> "? not decided";
        };
    }

    String inWords(Expectation expectation) {
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

    String description(Scenario scenario) {
        List<String> parts = new ArrayList<>();
        parts.add(scenario.products().isEmpty() ? "all products" : "only " + String.join(", ", scenario.products()));
        parts.add(
                switch (scenario.load()) {
                    case Load.Open(double rate) -> Axis.label(rate) + " orders/s, whether or not the system keeps up";
                    case Load.Closed(int inFlight) ->
                        inFlight + " orders in progress at any time, the same for each arm";
                });
        parts.add("objective " + seconds(experiment().objective()) + " s" + settings(scenario.settings()));
        scenario.latencies()
                .forEach(latency -> parts.add("%d ms each way on %s"
                        .formatted(latency.delay().toMillis(), String.join(", ", latency.links()))));
        scenario.faults()
                .forEach(fault -> parts.add("%s after %s s for %s s"
                        .formatted(
                                fault.title(),
                                seconds(fault.after()),
                                seconds(fault.lastingIn(result.extent().of(PhaseName.DURING))))));
        return String.join("; ", parts) + ".";
    }

    /** The run of each arm that is drawn: its first valid one, or its first. */
    List<RunResult> shown(Scenario scenario) {
        return experiment().arms().stream()
                .flatMap(arm -> Stream.concat(result.valid(arm, scenario).stream(), result.runs(arm, scenario).stream())
                        .limit(1))
                .toList();
    }

    /** The valid runs of all arms. */
    List<RunResult> valid(Scenario scenario) {
        return runs(scenario).filter(RunResult::isValid).toList();
    }

    List<RunResult> invalid(Scenario scenario) {
        return runs(scenario).filter(run -> !run.isValid()).toList();
    }

    List<RunResult> broken(Scenario scenario) {
        return runs(scenario).filter(run -> !run.violations().isEmpty()).toList();
    }

    private Stream<RunResult> runs(Scenario scenario) {
        return experiment().arms().stream().flatMap(arm -> result.runs(arm, scenario).stream());
    }

    /** How many violations there are of each invariant. */
    Map<String, Long> counts(RunResult run) {
        return run.violations().stream()
                .collect(Collectors.groupingBy(Violation::invariant, TreeMap::new, Collectors.counting()));
    }

    List<Violation> first(List<Violation> violations) {
        return violations.stream().limit(VIOLATIONS_SHOWN).toList();
    }

    String time(@Nullable Instant at) {
        return at == null ? "at the end" : TIME.format(at);
    }

    long patience() {
        return Experiment.PATIENCE.toSeconds();
    }

    String begun() {
        return result.at().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The runs in the order in which they were executed. */
    String order() {
        return result.runs().stream()
                .map(run -> "%s %s %d".formatted(run.scenario(), run.arm(), run.seed()))
                .collect(Collectors.joining(", "));
    }

    String phases() {
        return result.extent().phases().entrySet().stream()
                .map(phase -> phase.getKey() + " " + seconds(phase.getValue()) + " s")
                .collect(Collectors.joining(", "));
    }

    String arms() {
        return experiment().arms().stream()
                .map(arm -> "%s is %s%s%s, clients: %s"
                        .formatted(arm.name(), arm.calls(), antiPatterns(arm), settings(arm.settings()), arm.client()))
                .collect(Collectors.joining("; "));
    }

    private static String antiPatterns(Arm arm) {
        return arm.antiPatterns().entrySet().stream()
                .map(service -> ", %s with %s".formatted(service.getKey(), String.join(" and ", service.getValue())))
                .collect(Collectors.joining());
    }

    /** @param settings by the name of the service */
    private static String settings(Map<String, Map<String, String>> settings) {
        return settings.entrySet().stream()
                .flatMap(service -> service.getValue().entrySet().stream()
                        .map(property ->
                                ", %s with %s=%s".formatted(service.getKey(), property.getKey(), property.getValue())))
                .collect(Collectors.joining());
    }

    private static String seconds(Duration duration) {
        return Axis.label(duration.toMillis() / 1e3);
    }
}
