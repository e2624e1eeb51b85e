package io.orderly.lab.experiment;

import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.RetryPolicy;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of arms under the same load, data and faults.
 *
 * @param name the name of its file, without the extension
 * @param question the question that it answers
 * @param objective the latency within which the right end of an order counts as goodput
 * @param arms the alternatives that are compared
 * @param scenarios the conditions under which each arm runs; each run starts from the same restored data
 * @param full the plan of the full experiment
 * @param quick the plan of a short run
 */
public record Experiment(
        String name,
        String title,
        String question,
        Duration objective,
        List<Arm> arms,
        List<Scenario> scenarios,
        ExperimentPlan full,
        ExperimentPlan quick,
        List<Expectation> expectations) {

    /**
     * How long a customer waits for the end of an order, in every arm: a client repeats its request for so long, and later ends do not
     * count.
     */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Whether an arm is the pattern or an anti-pattern. */
    public enum Role {
        PATTERN,
        ANTI_PATTERN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The full experiment or its short form. */
    public enum ExperimentSize {
        FULL,
        QUICK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An alternative that is compared with the others.
     *
     * @param calls the request that the load generator sends
     * @param antiPatterns the anti-patterns that are switched on, by the name of the service
     * @param settings properties that change a service's defaults, and those of the scenario, by the name of the service
     * @param client how its clients repeat requests
     */
    public record Arm(
            String name,
            Role role,
            HttpCall calls,
            Map<String, List<String>> antiPatterns,
            Map<String, Map<String, String>> settings,
            RetryPolicy client) {}

    /**
     * The conditions of a run.
     *
     * @param sweep the name that it has in the file together with others, which have other numbers of orders in flight; null if it is one
     *     by itself
     * @param only the form of the experiment that it is part of; null for both
     * @param arms the names of the arms that run it; empty for all
     * @param hasCoordinators whether the system has coordinators
     * @param instances the number of instances of each service
     * @param settings properties that change a service's defaults, by the name of the service
     * @param products the SKUs that are ordered; empty for all
     * @param customers the number of customers that place orders
     * @param faults that are injected in the phase {@link PhaseName#DURING}
     */
    public record Scenario(
            String name,
            String title,
            @Nullable String sweep,
            @Nullable ExperimentSize only,
            List<String> arms,
            boolean hasCoordinators,
            int instances,
            Map<String, Map<String, String>> settings,
            List<String> products,
            int customers,
            MixShares shares,
            Load load,
            List<LinkLatency> latencies,
            List<PlannedFault> faults) {

        /** Whether a name is that of this scenario or of its sweep. */
        public boolean isNamed(String name) {
            return this.name.equals(name) || name.equals(sweep);
        }

        /** Whether the arm runs this scenario. */
        public boolean isFor(Arm arm) {
            return arms.isEmpty() || arms.contains(arm.name());
        }
    }

    /** The load model. */
    public sealed interface Load {

        /** At a rate that does not depend on how fast the system responds. */
        record Open(double ordersPerSecond) implements Load {}

        /** With a constant number of orders in progress. */
        record Closed(int inFlight) implements Load {}
    }

    /**
     * A latency between processes during a whole run.
     *
     * @param links names of links, such as {@code order-service->inventory-service}
     * @param delay added to each direction
     */
    public record LinkLatency(
            @NotEmpty List<String> links,

            @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 1)
            Duration delay) {}

    /** The phases of a run. No orders are placed in the drain, which ends as soon as no work is left. */
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
     * How long an experiment takes.
     *
     * @param repeats how often each arm runs each scenario, with another seed each time
     */
    public record ExperimentPlan(Map<PhaseName, Duration> phases, int repeats) {

        public Duration of(PhaseName phase) {
            return phases.getOrDefault(phase, Duration.ZERO);
        }
    }

    /**
     * An expected result: the metric of an arm, or the ratio of the metrics of two arms.
     *
     * @param arm the arm whose metric it is
     * @param relativeTo the arm by whose metric it is divided; null for no division
     * @param scenario null for all scenarios
     * @param phase the phase of a metric that each phase has; {@code DURING} if null is given
     * @param atLeast null if there is no lower bound
     * @param atMost null if there is no upper bound
     */
    public record Expectation(
            @NotNull Metric measure,
            @NotNull String arm,
            @Nullable String relativeTo,
            @Nullable String scenario,
            @Nullable PhaseName phase,

            @DecimalMin("0") @DecimalMax("1000000000") @Nullable Double atLeast,

            @DecimalMin("0") @DecimalMax("1000000000") @Nullable Double atMost) {

        public Expectation {
            phase = phase == null ? PhaseName.DURING : phase;
        }

        /** Whether the value is within the bounds. */
        public boolean isMetBy(double value) {
            return (atLeast == null || value >= atLeast) && (atMost == null || value <= atMost);
        }
    }

    public Optional<Arm> arm(String arm) {
        return arms.stream().filter(each -> each.name().equals(arm)).findFirst();
    }

    /** A copy with other scenarios and with the expectations that apply to them. */
    public Experiment with(List<Scenario> others) {
        return new Experiment(
                name,
                title,
                question,
                objective,
                arms,
                others,
                full,
                quick,
                expectations.stream()
                        .filter(expectation -> expectation.scenario() == null
                                || others.stream().anyMatch(scenario -> scenario.isNamed(expectation.scenario())))
                        .toList());
    }

    /** A copy without the scenarios that are only part of the other form. */
    public Experiment in(ExperimentSize form) {
        return with(scenarios.stream()
                .filter(scenario -> scenario.only() == null || scenario.only() == form)
                .toList());
    }

    public ExperimentPlan plan(ExperimentSize size) {
        return size == ExperimentSize.QUICK ? quick : full;
    }

    /** The arms that are compared with the pattern. */
    public List<Arm> others() {
        return arms.stream().filter(arm -> arm.role() != Role.PATTERN).toList();
    }

    /** The arm with which the others are compared. */
    public Arm pattern() {
        return arms.stream()
                .filter(arm -> arm.role() == Role.PATTERN)
                .findFirst()
                .orElseThrow();
    }
}
