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
 * All runs of an experiment.
 *
 * @param command that does it again
 * @param extent which of the experiment's was used
 * @param isPartial whether it was ended before its last run
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

    /** How an expectation fared. */
    public enum ExpectationStatus {
        MET,
        NOT_MET,
        /** There is no valid run to tell. */
        NOT_DECIDED
    }

    /**
     * An expectation in one scenario.
     *
     * @param value what was measured; null if nothing was
     */
    public record CheckedExpectation(
            Expectation expectation,
            String scenario,
            @Nullable Double value,
            ExpectationStatus status) {}

    /** The runs of an arm in a scenario, valid or not. */
    public List<RunResult> runs(Arm arm, Scenario scenario) {
        return runs.stream()
                .filter(run -> run.arm().equals(arm.name()) && run.scenario().equals(scenario.name()))
                .toList();
    }

    /** The valid ones. */
    public List<RunResult> valid(Arm arm, Scenario scenario) {
        return runs(arm, scenario).stream().filter(RunResult::isValid).toList();
    }

    /** The median of all valid runs; empty if there is none. What an audit finds counts wherever it is found, and all of it. */
    public OptionalDouble typical(Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        if (measure == Metric.VIOLATIONS) {
            return values(runs(arm, scenario), measure, phase).max();
        }
        double[] values = values(valid(arm, scenario), measure, phase).sorted().toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((values[(values.length - 1) / 2] + values[values.length / 2]) / 2);
    }

    /** The lowest and the highest of all valid runs; empty if there is none. */
    public double[] range(Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        double[] values = values(valid(arm, scenario), measure, phase).sorted().toArray();
        return values.length == 0 ? values : new double[] {values[0], values[values.length - 1]};
    }

    /** How many valid runs have no such figure, as one without a recovery: none of them is in the median. */
    public long without(Arm arm, Scenario scenario, Metric measure, PhaseName phase) {
        return valid(arm, scenario).size()
                - values(valid(arm, scenario), measure, phase).count();
    }

    /** Each expectation in each scenario that it is of. */
    public List<CheckedExpectation> checked() {
        List<CheckedExpectation> all = new ArrayList<>();
        for (Expectation expectation : experiment.expectations()) {
            experiment.scenarios().stream()
                    .filter(scenario -> isOf(expectation, scenario))
                    .forEach(scenario -> all.add(check(expectation, scenario)));
        }
        return all;
    }

    /** One that names no scenario is of each that its arm goes through. */
    private boolean isOf(Expectation expectation, Scenario scenario) {
        return expectation.scenario() == null
                ? experiment.arm(expectation.arm()).filter(scenario::isFor).isPresent()
                : expectation.scenario().equals(scenario.name());
    }

    /** The worst of all findings. */
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
