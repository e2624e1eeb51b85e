package io.orderly.lab.report;

import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.Comparison;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.Measured;
import io.orderly.lab.run.RunResult;
import io.orderly.lab.run.RunResult.CustomerOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The result of a scenario in one sentence: the better arm, by how much, and the violations. Correctness is compared first, then
 * goodput, then latency. A difference counts if its confidence interval does not contain 1.
 *
 * @param headline the result in a few words
 * @param winner the name of the better arm; empty if there is none
 * @param text the sentence
 */
record Summary(String headline, String winner, String text) {

    static Summary of(ExperimentResult result, Scenario scenario) {
        Arm pattern = result.experiment().pattern();
        List<Summary> pairs = result.experiment().arms().stream()
                .filter(arm -> !arm.equals(pattern) && scenario.isFor(arm))
                .map(other -> pair(result, scenario, pattern, other))
                .toList();
        if (pairs.isEmpty() || !scenario.isFor(pattern)) {
            return alone(
                    result,
                    scenario,
                    result.experiment().arms().stream()
                            .filter(scenario::isFor)
                            .findFirst()
                            .orElse(pattern));
        }
        // of several anti-patterns, the best result counts
        Summary closest = pairs.stream()
                .filter(pair -> !pair.winner().equals(pattern.name()))
                .findFirst()
                .orElse(pairs.getFirst());
        return new Summary(
                closest.headline(),
                closest.winner(),
                pairs.stream().map(Summary::text).collect(Collectors.joining(" ")));
    }

    private static Summary alone(ExperimentResult result, Scenario scenario, Arm arm) {
        if (result.runs(arm, scenario).isEmpty()) {
            return new Summary("Not run", "", "");
        }
        double violations = value(result, arm, scenario, Metric.VIOLATIONS, PhaseName.DURING);
        String recovery = result.typical(arm, scenario, Metric.RECOVERY_SECONDS, PhaseName.DURING)
                .map(seconds -> " The goodput held 90%% of that before %s s after the injection of the fault."
                        .formatted(Figure.of(Metric.RECOVERY_SECONDS, seconds)))
                .orElse("");
        String valid = result.valid(arm, scenario).isEmpty() ? " No run is valid as a measurement." : "";
        return new Summary(
                "%s %s".formatted(arm.name(), broke(violations)),
                violations == 0 ? arm.name() : "",
                (recovery + valid).strip());
    }

    private static Summary pair(ExperimentResult result, Scenario scenario, Arm pattern, Arm other) {
        if (result.runs(pattern, scenario).isEmpty()
                || result.runs(other, scenario).isEmpty()) {
            return new Summary("Not run", "", "%s against %s: not run.".formatted(pattern.name(), other.name()));
        }
        double ownBroken = value(result, pattern, scenario, Metric.VIOLATIONS, PhaseName.DURING);
        double otherBroken = value(result, other, scenario, Metric.VIOLATIONS, PhaseName.DURING);
        String broken = "%s %s; %s %s".formatted(pattern.name(), broke(ownBroken), other.name(), broke(otherBroken))
                + blocked(result, scenario, other) + lost(result, scenario, other) + ".";
        if (result.valid(pattern, scenario).isEmpty()
                || result.valid(other, scenario).isEmpty()) {
            return new Summary("Not decided", "", "There are no valid runs of both arms. " + capital(broken));
        }
        String winner = "";
        List<String> by = new ArrayList<>();
        int pairs = 0;
        for (Yardstick yardstick : Yardstick.values()) {
            Comparison comparison =
                    result.compared(pattern, other, scenario, yardstick.value).orElse(null);
            if (comparison == null) {
                continue;
            }
            pairs = Math.max(pairs, comparison.pairs());
            if (comparison.isDecided()) {
                Arm higher = comparison.ratio().value() > 1 ? pattern : other;
                Arm better = yardstick.isBetterHigh == higher.equals(pattern) ? pattern : other;
                winner = winner.isEmpty() ? better.name() : winner;
                by.add("%s has %s times %s (%s) of %s"
                        .formatted(
                                pattern.name(),
                                Figure.of(comparison),
                                yardstick.words,
                                Figure.interval(comparison),
                                other.name()));
            }
        }
        if (ownBroken != otherBroken) {
            winner = ownBroken < otherBroken ? pattern.name() : other.name();
        }
        String speed = by.isEmpty() ? undecided(pairs) : String.join(", ", by);
        return new Summary(
                winner.isEmpty() ? "Not decided" : winner + " wins",
                winner,
                "%s. %s".formatted(capital(speed), capital(broken)));
    }

    private static String undecided(int pairs) {
        return pairs < Comparison.LEAST_PAIRS
                ? "the speed is not decided by %d of the %d pairs of runs that an interval needs"
                        .formatted(pairs, Comparison.LEAST_PAIRS)
                : "no difference in speed is decided by %d pairs of runs".formatted(pairs);
    }

    /** What arms are compared by, over a whole run without its warm-up. The first metric that is decided names the winner. */
    private enum Yardstick {
        GOODPUT("the goodput", true, run -> Optional.of(run.goodputOfAll())),
        P50("the p50", false, run -> Optional.ofNullable(run.latency().p50())),
        P90("the p90", false, run -> Optional.ofNullable(run.latency().p90()));

        private final String words;
        private final boolean isBetterHigh;
        private final Function<RunResult, Optional<Measured>> value;

        Yardstick(String words, boolean isBetterHigh, Function<RunResult, Optional<Measured>> value) {
            this.words = words;
            this.isBetterHigh = isBetterHigh;
            this.value = value;
        }
    }

    private static String broke(double violations) {
        return violations == 0 ? "had no violations" : "had %.0f violations".formatted(violations);
    }

    private static String blocked(ExperimentResult result, Scenario scenario, Arm arm) {
        double seconds = value(result, arm, scenario, Metric.IN_DOUBT_SECONDS, PhaseName.DURING);
        double locks = value(result, arm, scenario, Metric.IN_DOUBT_LOCKS, PhaseName.DURING);
        return seconds >= 1
                ? " and held up to %.0f locks in doubt, for up to %s s".formatted(locks, number(seconds))
                : "";
    }

    private static String lost(ExperimentResult result, Scenario scenario, Arm arm) {
        long unknown = result.runs(arm, scenario).stream()
                .mapToLong(run -> run.outcomes().getOrDefault(CustomerOutcome.UNKNOWN, 0L))
                .max()
                .orElse(0);
        return unknown > 0 ? ", and %d orders have no known outcome".formatted(unknown) : "";
    }

    private static double value(ExperimentResult result, Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        return result.typical(arm, scenario, measure, phase)
                .map(Measured::value)
                .orElse(0.0);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.1f", value);
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
