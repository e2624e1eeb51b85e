package io.orderly.lab.report;

import io.orderly.lab.conformance.RuleResult;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.Measured;
import io.orderly.lab.run.RunResult.FaultSpan;
import io.orderly.lab.trial.InvariantResult;
import io.orderly.lab.trial.TrialResult;
import io.orderly.lab.trial.TrialResult.PhaseFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of an experiment, the verdict on a rule, or the run of a foreign system, as lines of text. */
public final class ConsoleReport {

    private ConsoleReport() {}

    /** A line for each figure of each scenario. */
    public static List<String> of(ExperimentResult result) {
        List<String> lines = new ArrayList<>();
        for (Sweep sweep : Sweep.of(result.experiment())) {
            sweep.findings(result).forEach(finding -> lines.add("  %s: %s".formatted(sweep.name(), finding)));
        }
        for (Scenario scenario : result.experiment().scenarios()) {
            lines.add("  %s: %s"
                    .formatted(scenario.name(), Summary.of(result, scenario).headline()));
            MetricRow.of(result, scenario)
                    .forEach(row -> lines.add("    %s: %s".formatted(row.title(), inWords(result, row))));
        }
        return lines;
    }

    /** The verdict and, if the rule is broken, what came and the exchange of messages. */
    public static List<String> of(RuleResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("  %-11s  %-20s  %s"
                .formatted(
                        result.verdict().inWords(),
                        result.rule().id(),
                        result.rule().title()));
        if (!result.verdict().explanation().isEmpty()) {
            lines.add("      " + result.verdict().explanation());
        }
        if (result.verdict() instanceof Failed) {
            ExchangeText.of(result).forEach(line -> lines.add("      " + line));
        }
        return lines;
    }

    /** The orders of each phase, the faults, and each invariant with its violations. */
    public static List<String> of(TrialResult result) {
        List<String> lines = new ArrayList<>();
        result.phases().forEach((name, phase) -> lines.add("  %-8s %s".formatted(name, inWords(phase))));
        for (FaultSpan fault : result.faults()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %s from %.1f to %.1f s: %s",
                    fault.title(),
                    fault.from(),
                    fault.to(),
                    fault.effect()));
        }
        for (InvariantResult invariant : result.invariants()) {
            lines.add("  %-11s  %s".formatted(invariant.verdict().inWords(), invariant.name()));
            if (!invariant.verdict().explanation().isEmpty()) {
                lines.add("      " + invariant.verdict().explanation());
            }
            invariant.violations().forEach(violation -> lines.add("      " + violation));
        }
        result.validityProblems().forEach(problem -> lines.add("  INVALID: " + problem));
        return lines;
    }

    private static String inWords(PhaseFigures phase) {
        return "%d orders: %d acknowledged, %d refused, %d unanswered; %d ended rightly, %d wrongly%s%s"
                .formatted(
                        phase.sent(),
                        phase.acknowledged(),
                        phase.refused(),
                        phase.unanswered(),
                        phase.right(),
                        phase.wrong(),
                        inWords(Metric.P50, phase.toEnd().p50()),
                        inWords(Metric.P99, phase.toEnd().p99()));
    }

    private static String inWords(Metric metric, @Nullable Measured millis) {
        return millis == null ? "" : "; " + Figure.inWords(metric, millis);
    }

    private static String inWords(ExperimentResult result, MetricRow row) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
            parts.add(
                    result.experiment().arms().get(i).name() + " " + row.cells().get(i));
        }
        List<Arm> others = result.experiment().others();
        for (int i = 0; i < others.size(); i++) {
            if (!row.ratios().get(i).figure().equals(Figure.UNKNOWN)) {
                parts.add("%s / %s %s"
                        .formatted(
                                others.get(i).name(),
                                result.experiment().pattern().name(),
                                row.ratios().get(i)));
            }
        }
        return String.join("; ", parts);
    }
}
