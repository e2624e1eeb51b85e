package io.orderly.lab.run;

import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Expectation;
import io.orderly.lab.experiment.Experiment.ExperimentPlan;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of an experiment.
 *
 * @param command the command line that repeats the experiment
 * @param commit the version of the code, see {@link SourceVersion}
 * @param extent the plan that was used
 * @param isPartial whether it was interrupted before its last run
 */
public record ExperimentResult(
        Experiment experiment,
        String command,
        String commit,
        long seed,
        ExperimentPlan extent,
        Instant at,
        Machine machine,
        List<RunResult> runs,
        boolean isPartial) {

    private static final Comparator<Measured> BY_VALUE = Comparator.comparingDouble(Measured::value);

    /** Whether an expectation was met. */
    public enum ExpectationStatus {
        MET,
        NOT_MET,
        /** There is no valid run to decide it, or only a bound of the value is known. */
        NOT_DECIDED
    }

    /**
     * An expectation for one scenario, and its result.
     *
     * @param value the measured value or ratio; null without one
     * @param comparison that the value is the ratio of; null without one
     */
    public record CheckedExpectation(
            Expectation expectation,
            String scenario,
            @Nullable Measured value,
            @Nullable Comparison comparison,
            ExpectationStatus status) {}

    /** The valid and invalid runs of an arm in a scenario. */
    public List<RunResult> runs(Arm arm, Scenario scenario) {
        return runs.stream()
                .filter(run -> run.arm().equals(arm.name()) && run.scenario().equals(scenario.name()))
                .toList();
    }

    /** The valid runs of an arm in a scenario. */
    public List<RunResult> valid(Arm arm, Scenario scenario) {
        return runs(arm, scenario).stream().filter(RunResult::isValid).toList();
    }

    /**
     * The median of all valid runs; empty without a valid run. For violations it is the maximum of all runs, because a
     * violation counts also in an invalid run.
     */
    public Optional<Measured> typical(Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        return measure == Metric.VIOLATIONS
                ? values(runs(arm, scenario), measure, phase).stream().max(BY_VALUE)
                : Measured.median(values(valid(arm, scenario), measure, phase));
    }

    /** The minimum and the maximum of all valid runs; empty without a valid run. */
    public List<Measured> range(Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        List<Measured> values = values(valid(arm, scenario), measure, phase);
        return values.isEmpty()
                ? values
                : List.of(Collections.min(values, BY_VALUE), Collections.max(values, BY_VALUE));
    }

    /** The number of valid runs without a value, such as runs that did not recover; the median excludes them. */
    public long without(Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        List<RunResult> valid = valid(arm, scenario);
        return valid.size() - values(valid, measure, phase).size();
    }

    /** How often the metric of an arm is that of another; empty unless it is known for each pair of valid runs. */
    public Optional<Comparison> compared(Arm arm, Arm other, Scenario scenario, Metric measure, PhaseName phase) {
        return compared(arm, other, scenario, run -> run.value(measure, phase));
    }

    public Optional<Comparison> compared(
            Arm arm, Arm other, Scenario scenario, Function<RunResult, Optional<Measured>> value) {
        return Comparison.of(ratios(arm, other, scenario, value), seed);
    }

    /** Two valid runs with the same seed are a pair. */
    private List<Optional<Measured>> ratios(
            Arm arm, Arm other, Scenario scenario, Function<RunResult, Optional<Measured>> value) {
        Map<Long, RunResult> others =
                valid(other, scenario).stream().collect(Collectors.toMap(RunResult::seed, Function.identity()));
        return valid(arm, scenario).stream()
                .filter(run -> others.containsKey(run.seed()))
                .map(run -> value.apply(run)
                        .flatMap(own -> value.apply(others.get(run.seed())).flatMap(own::dividedBy)))
                .toList();
    }

    /**
     * Where the goodput of an arm before the fault crosses that of another. Levels at which they cannot be compared are left out.
     *
     * @param levels scenarios that differ in one number, by this number
     */
    public List<Crossing> crossings(Arm arm, Arm other, SortedMap<Integer, Scenario> levels) {
        SortedMap<Integer, double[]> logarithms = new TreeMap<>();
        levels.forEach((level, scenario) -> {
            List<Optional<Measured>> ratios =
                    ratios(arm, other, scenario, run -> run.value(Metric.GOODPUT, PhaseName.BEFORE));
            if (Comparison.of(ratios, seed).isPresent()) {
                logarithms.put(
                        level,
                        ratios.stream()
                                .mapToDouble(
                                        ratio -> Math.log(ratio.orElseThrow().value()))
                                .toArray());
            }
        });
        return Crossing.of(logarithms, seed);
    }

    /** Each expectation for each scenario that it applies to. */
    public List<CheckedExpectation> checked() {
        List<CheckedExpectation> all = new ArrayList<>();
        for (Expectation expectation : experiment.expectations()) {
            experiment.scenarios().stream()
                    .filter(scenario -> isOf(expectation, scenario))
                    .forEach(scenario -> all.add(check(expectation, scenario)));
        }
        return all;
    }

    /** An expectation without a scenario applies to each scenario of its arm. */
    private boolean isOf(Expectation expectation, Scenario scenario) {
        return expectation.scenario() == null
                ? experiment.arm(expectation.arm()).filter(scenario::isFor).isPresent()
                : scenario.isNamed(expectation.scenario());
    }

    /** The worst status of all expectations. */
    public ExpectationStatus status() {
        List<ExpectationStatus> all =
                checked().stream().map(CheckedExpectation::status).toList();
        return Stream.of(ExpectationStatus.NOT_MET, ExpectationStatus.NOT_DECIDED)
                .filter(all::contains)
                .findFirst()
                .orElse(ExpectationStatus.MET);
    }

    private CheckedExpectation check(Expectation expectation, Scenario scenario) {
        Arm arm = experiment.arm(expectation.arm()).orElseThrow();
        Optional<Comparison> comparison = Optional.ofNullable(expectation.relativeTo())
                .flatMap(experiment::arm)
                .flatMap(other -> compared(arm, other, scenario, expectation.measure(), expectation.phase()));
        Optional<Measured> value = expectation.relativeTo() == null
                ? typical(arm, scenario, expectation.measure(), expectation.phase())
                : comparison.map(Comparison::ratio);
        return new CheckedExpectation(
                expectation,
                scenario.name(),
                value.orElse(null),
                comparison.orElse(null),
                value.map(measured -> statusOf(expectation, measured)).orElse(ExpectationStatus.NOT_DECIDED));
    }

    private static ExpectationStatus statusOf(Expectation expectation, Measured value) {
        boolean lowMeets = expectation.isMetBy(value.low());
        boolean highMeets = expectation.isMetBy(value.high());
        if (lowMeets && highMeets) {
            return ExpectationStatus.MET;
        }
        boolean isBeyond = expectation.atLeast() != null && value.high() < expectation.atLeast()
                || expectation.atMost() != null && value.low() > expectation.atMost();
        return isBeyond ? ExpectationStatus.NOT_MET : ExpectationStatus.NOT_DECIDED;
    }

    private static List<Measured> values(List<RunResult> runs, Metric measure, PhaseName phase) {
        return runs.stream().flatMap(run -> run.value(measure, phase).stream()).toList();
    }
}
