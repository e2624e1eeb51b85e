package io.orderly.lab.report;

import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.RunResult.CustomerOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of the orders of an arm in all runs of a scenario, a share for each fate. */
record OutcomeRow(String arm, List<Share> shares) {

    /**
     * Orders that had the same fate.
     *
     * @param from where they begin in a bar of all orders, which is 1 wide
     * @param width their part of that bar
     */
    record Share(CustomerOutcome fate, long count, double from, double width) {}

    /** A row for each arm. */
    static List<OutcomeRow> of(ExperimentResult result, Scenario scenario) {
        return result.experiment().arms().stream()
                .map(arm -> new OutcomeRow(
                        arm.name(),
                        shares(result.runs(arm, scenario).stream()
                                .flatMap(run -> run.outcomes().entrySet().stream())
                                .collect(Collectors.groupingBy(
                                        Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue))))))
                .toList();
    }

    static String nameOf(CustomerOutcome fate) {
        return fate.name().toLowerCase(Locale.ROOT);
    }

    /** The CSS class of the colour of a fate. */
    static String styleOf(CustomerOutcome fate) {
        return "fate-" + nameOf(fate);
    }

    private static List<Share> shares(Map<CustomerOutcome, Long> counts) {
        double all =
                Math.max(1, counts.values().stream().mapToLong(Long::longValue).sum());
        List<Share> shares = new ArrayList<>();
        double from = 0;
        for (CustomerOutcome fate : CustomerOutcome.values()) {
            long count = counts.getOrDefault(fate, 0L);
            shares.add(new Share(fate, count, from, count / all));
            from += count / all;
        }
        return shares;
    }
}
