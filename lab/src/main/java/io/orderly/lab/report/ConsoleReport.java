package io.orderly.lab.report;

import io.orderly.lab.conformance.RuleResult;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.run.ExperimentResult;
import java.util.ArrayList;
import java.util.List;

/** The figures of an experiment, or the verdict on a rule, as lines of text. */
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
