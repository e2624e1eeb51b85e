package io.orderly.lab.experiment;

import io.orderly.lab.load.MixShares;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison: the same load, data and faults for each arm.
 *
 * @param name that of its file, without the ending
 * @param question what it answers
 * @param arms ways to do the same, the pattern first
 * @param scenarios what each arm goes through, each from the same restored data
 * @param full how long the phases are, and how often all is repeated
 * @param quick the same, for a short run
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

    /** What a way stands for. */
    public enum Role {
        PATTERN,
        ANTI_PATTERN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How much of an experiment is carried out. */
    public enum ExperimentSize {
        FULL,
        QUICK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One way to do it.
     *
     * @param calls the request that stands for it
     * @param antiPatterns which wrong ways are switched on, by the name of the service
     */
    public record Arm(String name, Role role, HttpCall calls, Map<String, List<String>> antiPatterns) {}

    /**
     * What each arm goes through.
     *
     * @param only the one form of the experiment that it is part of; null for both
     * @param arms that go through it; none for all
     * @param products the SKUs that are ordered; none for all
     * @param customers how many different ones order
     * @param faults in the phase {@link PhaseName#DURING}
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

        /** Whether that arm goes through it. */
        public boolean isFor(Arm arm) {
            return arms.isEmpty() || arms.contains(arm.name());
        }
    }

    /** How orders arrive. */
    public sealed interface Load {

        /** At a rate that does not depend on how the system fares. */
        record Open(double ordersPerSecond) implements Load {}

        /** So many are on their way at any time: placed, and not over. */
        record Closed(int inFlight) implements Load {}
    }

    /**
     * How far apart processes are, all through a run.
     *
     * @param links such as {@code order-service->inventory-service}
     * @param delay added to each direction
     */
    public record LinkLatency(List<String> links, Duration delay) {}

    /** The stretches of a run. Each has its orders; the drain has none, and ends as soon as nothing is left to do. */
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

    /** @param repeats with how many seeds each arm goes through each scenario */
    public record ExperimentPlan(Map<PhaseName, Duration> phases, int repeats) {

        public Duration of(PhaseName phase) {
            return phases.getOrDefault(phase, Duration.ZERO);
        }
    }

    /**
     * What should come out. Of an arm alone, or of an arm as so many times another.
     *
     * @param arm whose measure it is
     * @param relativeTo the arm whose measure it is divided by; null for the measure itself
     * @param scenario null for each of them
     * @param phase for measures of a phase
     * @param atLeast null if there is no such bound
     * @param atMost null if there is no such bound
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

    /** The same with other scenarios, and what is expected of those. */
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

    /** The same as it is carried out in that form: without the scenarios that are only part of the other. */
    public Experiment in(ExperimentSize form) {
        return with(scenarios.stream()
                .filter(scenario -> scenario.only() == null || scenario.only() == form)
                .toList());
    }

    public ExperimentPlan plan(ExperimentSize size) {
        return size == ExperimentSize.QUICK ? quick : full;
    }

    /** The arm that the others are held against. */
    public Arm pattern() {
        return arms.stream()
                .filter(arm -> arm.role() == Role.PATTERN)
                .findFirst()
                .orElseThrow();
    }
}
