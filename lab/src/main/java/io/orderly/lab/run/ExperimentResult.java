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
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of an experiment.
 *
 * @param command the command line that repeats the experiment
 * @param extent the plan that was used
 * @param isPartial whether it was interrupted before its last run
 */
public record ExperimentResult(
        Experiment experiment,
        String command,
        long seed,
        ExperimentPlan extent,
        Instant at,
        Machine machine,
        List<RunResult> runs,
        boolean isPartial) {

    /** Whether an expectation was met. */
    public enum ExpectationStatus {
        MET,
        NOT_MET,
        /** There is no valid run to decide it. */
        NOT_DECIDED
    }

    /**
     * An expectation for one scenario, and its result.
     *
     * @param value the measured value; null without one
     */
    public record CheckedExpectation(
            Expectation expectation,
            String scenario,
            @Nullable Double value,
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
    public OptionalDouble typical(Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        if (measure == Metric.VIOLATIONS) {
            return values(runs(arm, scenario), measure, phase).max();
        }
        double[] values = values(valid(arm, scenario), measure, phase).sorted().toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((values[(values.length - 1) / 2] + values[values.length / 2]) / 2);
    }

    /** The minimum and the maximum of all valid runs; empty without a valid run. */
    public double[] range(Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        double[] values = values(valid(arm, scenario), measure, phase).sorted().toArray();
        return values.length == 0 ? values : new double[] {values[0], values[values.length - 1]};
    }

    /** The number of valid runs without a value, such as runs that did not recover; the median excludes them. */
    public long without(Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        return valid(arm, scenario).size()
                - values(valid(arm, scenario), measure, phase).count();
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
                : expectation.scenario().equals(scenario.name());
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
        OptionalDouble value = value(expectation, expectation.arm(), scenario);
        if (expectation.relativeTo() != null && value.isPresent()) {
            OptionalDouble other = value(expectation, expectation.relativeTo(), scenario);
            value = other.isPresent() && other.getAsDouble() > 0
                    ? OptionalDouble.of(value.getAsDouble() / other.getAsDouble())
                    : OptionalDouble.empty();
        }
        if (value.isEmpty()) {
            return new CheckedExpectation(expectation, scenario.name(), null, ExpectationStatus.NOT_DECIDED);
        }
        return new CheckedExpectation(
                expectation,
                scenario.name(),
                value.getAsDouble(),
                expectation.isMetBy(value.getAsDouble()) ? ExpectationStatus.MET : ExpectationStatus.NOT_MET);
    }

    private OptionalDouble value(Expectation expectation, String arm, Scenario scenario) {
        return experiment
                .arm(arm)
                .map(found -> typical(found, scenario, expectation.measure(), expectation.phase()))
                .orElse(OptionalDouble.empty());
    }

    private static DoubleStream values(List<RunResult> runs, Metric measure, PhaseName phase) {
        return Arrays.stream(runs.stream()
                .map(run -> run.value(measure, phase))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray());
    }
}
