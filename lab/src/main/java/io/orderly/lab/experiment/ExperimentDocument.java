package io.orderly.lab.experiment;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Expectation;
import io.orderly.lab.experiment.Experiment.ExperimentPlan;
import io.orderly.lab.experiment.Experiment.ExperimentSize;
import io.orderly.lab.experiment.Experiment.LinkLatency;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Role;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.RetryPolicy;
import io.orderly.lab.load.RetryPolicy.Pauses;
import io.orderly.stack.Topology;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as its file states it, with the constraints on single fields. Before these are checked, any component may be
 * null. The names of fields in a file are in kebab case.
 */
record ExperimentDocument(
        @NotBlank String title,
        @NotBlank String question,

        @DurationMin(millis = 1) @Nullable Duration objective,

        @NotEmpty Map<String, @Valid ArmFields> arms,
        @NotEmpty Map<String, @Valid ScenarioFields> scenarios,
        @NotNull @Valid PlanFields full,
        @NotNull @Valid PlanFields quick,

        @NotNull @JsonFormat(without = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<@Valid Expectation> expect) {

    private static final Duration DEFAULT_OBJECTIVE = Duration.ofSeconds(5);

    record ArmFields(
            @NotNull Role role,
            @NotNull HttpCall calls,
            @Nullable Map<String, List<String>> antiPatterns,
            @Nullable Map<String, Map<String, @NotBlank String>> settings,
            @Valid @Nullable ClientFields client) {

        private Arm toArm(String name) {
            return new Arm(
                    name,
                    role,
                    calls,
                    antiPatterns == null ? Map.of() : antiPatterns,
                    settings == null ? Map.of() : settings,
                    client == null ? RetryPolicy.DEFAULT : client.toPolicy());
        }
    }

    record ClientFields(
            @Nullable Pauses retries,

            @DecimalMin("0.01") @DecimalMax("10") @Nullable Double retryBudget,

            @DurationMin(millis = 1) @DurationMax(minutes = 1) @Nullable Duration timeout) {

        private RetryPolicy toPolicy() {
            return new RetryPolicy(
                    retries == null ? RetryPolicy.DEFAULT.pauses() : retries,
                    retryBudget,
                    timeout == null ? RetryPolicy.DEFAULT.timeout() : timeout);
        }
    }

    record ScenarioFields(
            @Pattern(regexp = "(?sU).*\\S.*", message = "{jakarta.validation.constraints.NotBlank.message}") @Nullable String title,

            @Nullable ExperimentSize only,
            @Nullable List<String> arms,
            @Nullable Boolean coordinators,
            @Min(1) @Max(Topology.MAX_INSTANCES) @Nullable Integer instances,
            @Nullable Map<String, Map<String, @NotBlank String>> settings,
            @Nullable List<@NotBlank String> products,
            @Min(1) @Nullable Integer customers,
            @Nullable OrderKinds orders,

            @DecimalMin("0.1") @DecimalMax("10000") @Nullable Double ordersPerSecond,

            @Min(1) @Nullable Integer inFlight,

            @JsonFormat(without = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<@Min(1) Integer> inFlightSweep,

            @JsonFormat(without = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<@Valid LinkLatency> latencies,

            @JsonFormat(without = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<FaultFields> faults) {

        private static final int DEFAULT_CUSTOMERS = 500;

        ScenarioFields {
            arms = arms == null ? List.of() : arms;
            coordinators = coordinators == null ? false : coordinators;
            instances = instances == null ? 1 : instances;
            settings = settings == null ? Map.of() : settings;
            products = products == null ? List.of() : products;
            latencies = latencies == null ? List.of() : latencies;
            faults = faults == null ? List.of() : faults;
        }

        private Stream<Scenario> toScenarios(String name) {
            String stated = title == null ? name : title;
            return inFlightSweep != null
                    ? inFlightSweep.stream()
                            .map(level -> toScenario(
                                    nameOf(name, level),
                                    "%s, %d in flight".formatted(stated, level),
                                    name,
                                    new Load.Closed(level)))
                    : Stream.of(toScenario(
                            name,
                            stated,
                            null,
                            inFlight != null
                                    ? new Load.Closed(inFlight)
                                    : new Load.Open(Objects.requireNonNull(ordersPerSecond))));
        }

        /** The name of a scenario of a sweep. */
        static String nameOf(String sweep, int level) {
            return sweep + "-" + level;
        }

        private Scenario toScenario(String name, String title, @Nullable String sweep, Load load) {
            return new Scenario(
                    name,
                    title,
                    sweep,
                    only,
                    arms,
                    Objects.requireNonNull(coordinators),
                    Objects.requireNonNull(instances),
                    settings,
                    products,
                    customers == null ? DEFAULT_CUSTOMERS : customers,
                    orders == null ? MixShares.ALL_ORDINARY : orders.shares,
                    load,
                    latencies,
                    faults.stream().map(FaultFields::toPlannedFault).toList());
        }
    }

    /** Which kinds of orders are placed, by their names in a file. */
    enum OrderKinds {
        ORDINARY(MixShares.ALL_ORDINARY),
        EVERY_WAY(MixShares.EVERY_WAY);

        private final MixShares shares;

        OrderKinds(MixShares shares) {
            this.shares = shares;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    record PlanFields(
            @NotNull @DurationMax(minutes = 60) Duration warmUp,
            @NotNull @DurationMax(minutes = 60) Duration before,
            @NotNull @DurationMax(minutes = 60) Duration during,
            @NotNull @DurationMax(minutes = 60) Duration after,
            // as long as the patience of customers, so that no order is observed for less
            @NotNull @DurationMin(millis = 30_000) @DurationMax(minutes = 60)
            Duration drain,

            @Min(1) @Nullable Integer repeats) {

        private ExperimentPlan toPlan() {
            Map<PhaseName, Duration> phases = new EnumMap<>(PhaseName.class);
            phases.put(PhaseName.WARM_UP, warmUp);
            phases.put(PhaseName.BEFORE, before);
            phases.put(PhaseName.DURING, during);
            phases.put(PhaseName.AFTER, after);
            phases.put(PhaseName.DRAIN, drain);
            return new ExperimentPlan(phases, repeats == null ? 1 : repeats);
        }
    }

    ExperimentDocument {
        arms = arms == null ? Map.of() : arms;
        scenarios = scenarios == null ? Map.of() : scenarios;
    }

    /** The phase with the faults, in the form in which it is shorter; empty if no form states it. */
    Optional<Duration> shortestDuring() {
        return Stream.of(full, quick)
                .filter(Objects::nonNull)
                .map(PlanFields::during)
                .filter(Objects::nonNull)
                .min(Duration::compareTo);
    }

    /**
     * The experiment of a document without problems.
     *
     * @param name that of the file, without its ending
     */
    Experiment toExperiment(String name) {
        return new Experiment(
                name,
                title,
                question,
                objective == null ? DEFAULT_OBJECTIVE : objective,
                arms.entrySet().stream()
                        .map(arm -> arm.getValue().toArm(arm.getKey()))
                        .toList(),
                scenarios.entrySet().stream()
                        .flatMap(scenario -> scenario.getValue().toScenarios(scenario.getKey()))
                        .toList(),
                full.toPlan(),
                quick.toPlan(),
                expect);
    }
}
