package io.orderly.lab.experiment;

import io.orderly.lab.load.MixShares;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of arms under the same load, data and faults.
 *
 * @param name the name of its file, without the extension
 * @param question the question that it answers
 * @param arms the implementations that are compared, the pattern first
 * @param scenarios executed by each arm, each on the same restored data
 * @param full the plan of a full run
 * @param quick the plan of a quick run
 */
public record Experiment(
        String name,
        String title,
        String question,
        List<Arm> arms,
        List<Scenario> scenarios,
        ExperimentPlan full,
        ExperimentPlan quick,
        List<Expectation> expectations) {

    /** The role of an arm in the comparison. */
    public enum Role {
        PATTERN,
        ANTI_PATTERN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The size of an experiment's execution. */
    public enum ExperimentSize {
        FULL,
        QUICK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An implementation that is compared.
     *
     * @param calls the request that uses the implementation
     * @param antiPatterns the enabled anti-patterns, by the name of the service
     */
    public record Arm(String name, Role role, HttpCall calls, Map<String, List<String>> antiPatterns) {}

    /**
     * A scenario that the arms execute.
     *
     * @param only the only size that includes the scenario; null for both
     * @param arms the arms that execute it; empty for all
     * @param products the ordered SKUs; empty for all
     * @param customers the number of different customers
     * @param faults injected in the phase {@link PhaseName#DURING}
     */
    public record Scenario(
            String name,
            String title,
            @Nullable ExperimentSize only,
            List<String> arms,
            List<String> products,
            int customers,
            MixShares shares,
            Load load,
            List<LinkLatency> latencies,
            List<PlannedFault> faults) {

        /** Whether the arm executes this scenario. */
        public boolean isFor(Arm arm) {
            return arms.isEmpty() || arms.contains(arm.name());
        }
    }

    /** The load model. */
    public sealed interface Load {

        /** Open-loop: a rate that does not depend on the system's response times. */
        record Open(double ordersPerSecond) implements Load {}

        /** Closed-loop: a constant number of orders in flight. */
        record Closed(int inFlight) implements Load {}
    }

    /**
     * The latency between processes throughout a run.
     *
     * @param links names of links, such as {@code order-service->inventory-service}
     * @param delay added to each direction
     */
    public record LinkLatency(List<String> links, Duration delay) {}

    /**
     * The phases of a run. Orders are placed in every phase except the drain, which ends as soon as no work is pending.
     */
    public enum PhaseName {
        WARM_UP,
        BEFORE,
        DURING,
        AFTER,
        DRAIN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The lengths of the phases, and the number of repeats.
     *
     * @param repeats the number of seeds with which each arm executes each scenario
     */
    public record ExperimentPlan(Map<PhaseName, Duration> phases, int repeats) {

        public Duration of(PhaseName phase) {
            return phases.getOrDefault(phase, Duration.ZERO);
        }
    }

    /**
     * An expected range of a metric of an arm, absolute or relative to another arm.
     *
     * @param arm the arm whose metric is checked
     * @param relativeTo the arm by whose metric it is divided; null for the absolute value
     * @param scenario null for every scenario
     * @param phase the phase, for metrics of a phase
     * @param atLeast the lower bound; null without one
     * @param atMost the upper bound; null without one
     */
    public record Expectation(
            Metric measure,
            String arm,
            @Nullable String relativeTo,
            @Nullable String scenario,
            PhaseName phase,
            @Nullable Double atLeast,
            @Nullable Double atMost) {

        /** Whether the value is within the bounds. */
        public boolean isMetBy(double value) {
            return (atLeast == null || value >= atLeast) && (atMost == null || value <= atMost);
        }
    }

    public Optional<Arm> arm(String arm) {
        return arms.stream().filter(each -> each.name().equals(arm)).findFirst();
    }

    /** The same experiment with other scenarios, and only the expectations that apply to them. */
    public Experiment with(List<Scenario> others) {
        return new Experiment(
                name,
                title,
                question,
                arms,
                others,
                full,
                quick,
                expectations.stream()
                        .filter(expectation -> expectation.scenario() == null
                                || others.stream()
                                        .anyMatch(scenario -> scenario.name().equals(expectation.scenario())))
                        .toList());
    }

    /** The same experiment without the scenarios that this size excludes. */
    public Experiment in(ExperimentSize form) {
        return with(scenarios.stream()
                .filter(scenario -> scenario.only() == null || scenario.only() == form)
                .toList());
    }

    public ExperimentPlan plan(ExperimentSize size) {
        return size == ExperimentSize.QUICK ? quick : full;
    }

    /** The arm that the others are compared with. */
    public Arm pattern() {
        return arms.stream()
                .filter(arm -> arm.role() == Role.PATTERN)
                .findFirst()
                .orElseThrow();
    }
}
