package io.orderly.lab.trial;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.FaultFields;
import io.orderly.lab.trial.ForeignSystem.Ending;
import io.orderly.lab.trial.ForeignSystem.ForeignProcess;
import io.orderly.lab.trial.ForeignSystem.Method;
import io.orderly.lab.trial.ForeignSystem.Placement;
import io.orderly.lab.trial.ForeignSystem.Scenario;
import io.orderly.stack.process.Readiness;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * A foreign system as its file states it, with the constraints on single fields. Before these are checked, any component may be null.
 */
record SystemDocument(
        @NotBlank String title,
        @NotEmpty Map<String, @Valid ProcessFields> processes,
        @NotNull @Valid OrderFields orders,
        @Nullable Map<String, @Valid InvariantFields> invariants,
        @NotNull @Valid PhaseFields phases,
        @NotEmpty Map<String, @Valid ScenarioFields> scenarios) {

    private static final Duration DEFAULT_PAUSE = Duration.ofMillis(100);

    SystemDocument {
        processes = processes == null ? Map.of() : processes;
        invariants = invariants == null ? Map.of() : invariants;
        scenarios = scenarios == null ? Map.of() : scenarios;
    }

    record ProcessFields(
            @NotEmpty List<@NotBlank String> command,
            @Min(1) @Max(65_535) @Nullable Integer port,
            @Nullable Map<String, String> environment,
            @Nullable Map<String, String> links,
            @Nullable List<@NotBlank String> needs,

            @Pattern(
                    regexp = "/(?!/)[A-Za-z0-9._~/?=&-]*|started",
                    message = "should be a path such as /health, or started")
            @Nullable String ready) {

        ProcessFields {
            environment = environment == null ? Map.of() : environment;
            links = links == null ? Map.of() : links;
            needs = needs == null ? List.of() : needs;
        }

        private ForeignProcess toProcess(String name, Map<String, String> values) {
            int assigned = Integer.parseInt(Objects.requireNonNull(values.get("port." + name)));
            return new ForeignProcess(
                    name,
                    command.stream()
                            .map(word -> new Template(word).with(values))
                            .toList(),
                    mapped(environment, (_, value) -> new Template(value).with(values)),
                    assigned,
                    needs,
                    readiness(assigned),
                    mapped(
                            links,
                            (_, target) ->
                                    targetOf(new Template(target).with(values).text())));
        }

        private Readiness readiness(int port) {
            return switch (ready) {
                case null -> Readiness.accepting(port);
                case "started" -> () -> true;
                default -> Readiness.answering(URI.create("http://127.0.0.1:%d%s".formatted(port, ready)));
            };
        }
    }

    record OrderFields(
            @NotBlank String url,
            @NotNull @Valid PlaceFields place,
            @NotNull @Valid EndFields end) {

        private Placement toPlacement(Map<String, String> values) {
            return new Placement(
                    Objects.requireNonNullElse(place.method(), Method.POST),
                    new Template(url + place.path()).with(values),
                    mapped(place.headers(), (_, value) -> new Template(value).with(values)),
                    new Template(place.body()).with(values),
                    place.id(),
                    Objects.requireNonNullElse(place.repeatFor(), Duration.ZERO));
        }

        private Ending toEnding(Map<String, String> values) {
            return new Ending(
                    new Template(url + end.path()).with(values),
                    end.field(),
                    Set.copyOf(end.right()),
                    Set.copyOf(end.wrong()),
                    Objects.requireNonNullElse(end.every(), DEFAULT_PAUSE));
        }
    }

    record PlaceFields(
            @Nullable Method method,
            @NotBlank String path,
            @Nullable Map<String, String> headers,
            @NotBlank String body,
            @Nullable String id,

            @DurationMin(millis = 0) @DurationMax(minutes = 60) @Nullable Duration repeatFor) {

        PlaceFields {
            headers = headers == null ? Map.of() : headers;
        }
    }

    record EndFields(
            @NotBlank String path,
            @NotBlank String field,
            @NotEmpty List<@NotBlank String> right,
            @Nullable List<@NotBlank String> wrong,

            @DurationMin(millis = 10) @DurationMax(minutes = 1) @Nullable Duration every) {

        EndFields {
            wrong = wrong == null ? List.of() : wrong;
        }
    }

    /** Either {@code list}, or {@code sql} and {@code database}. */
    record InvariantFields(
            @Nullable String list,
            @Nullable String sql,
            @Nullable String database) {

        private Invariant toInvariant(String name, Map<String, String> values) {
            Function<@Nullable String, String> rendered = text ->
                    new Template(Objects.requireNonNull(text)).with(values).text();
            return sql == null
                    ? new Invariant.Listing(name, URI.create(rendered.apply(list)))
                    : new Invariant.Query(name, rendered.apply(database), sql);
        }
    }

    record PhaseFields(
            @NotNull @DurationMax(minutes = 60) Duration warmUp,
            @NotNull @DurationMax(minutes = 60) Duration before,
            @NotNull @DurationMax(minutes = 60) Duration during,
            @NotNull @DurationMax(minutes = 60) Duration after,

            @NotNull @DurationMin(millis = 1_000) @DurationMax(minutes = 60)
            Duration drain) {

        private Map<PhaseName, Duration> toPhases() {
            Map<PhaseName, Duration> phases = new EnumMap<>(PhaseName.class);
            phases.put(PhaseName.WARM_UP, warmUp);
            phases.put(PhaseName.BEFORE, before);
            phases.put(PhaseName.DURING, during);
            phases.put(PhaseName.AFTER, after);
            phases.put(PhaseName.DRAIN, drain);
            return phases;
        }
    }

    record ScenarioFields(
            @DecimalMin("0.1") @DecimalMax("10000") @Nullable Double ordersPerSecond,

            @Min(1) @Nullable Integer inFlight,

            @JsonFormat(without = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<FaultFields> faults) {

        ScenarioFields {
            faults = faults == null ? List.of() : faults;
        }

        private Scenario toScenario(String name) {
            return new Scenario(
                    name,
                    inFlight != null
                            ? new Load.Closed(inFlight)
                            : new Load.Open(Objects.requireNonNull(ordersPerSecond)),
                    faults.stream().map(FaultFields::toPlannedFault).toList());
        }
    }

    /**
     * What a link reaches.
     *
     * @throws IllegalArgumentException if the text is not the address of a host that is known; the message continues after the field's name
     */
    static InetSocketAddress targetOf(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("should be host:port, and is " + text);
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("should have a port from 1 to 65535, and is " + text);
        }
        var target = new InetSocketAddress(text.substring(0, colon), port);
        if (target.isUnresolved()) {
            throw new IllegalArgumentException("has an unknown host: " + target.getHostString());
        }
        return target;
    }

    /**
     * The system of a document without problems.
     *
     * @param name that of the file, without its extension
     * @param values those of the placeholders that are known before a run
     */
    ForeignSystem toSystem(String name, Map<String, String> values) {
        return new ForeignSystem(
                name,
                title,
                List.copyOf(mapped(processes, (process, fields) -> fields.toProcess(process, values))
                        .values()),
                orders.toPlacement(values),
                orders.toEnding(values),
                List.copyOf(mapped(invariants, (invariant, fields) -> fields.toInvariant(invariant, values))
                        .values()),
                phases.toPhases(),
                List.copyOf(mapped(scenarios, (scenario, fields) -> fields.toScenario(scenario))
                        .values()));
    }

    /** In the same order. */
    private static <T, R> Map<String, R> mapped(@Nullable Map<String, T> fields, BiFunction<String, T, R> mapping) {
        Map<String, R> mapped = new LinkedHashMap<>();
        if (fields != null) {
            fields.forEach((name, value) -> mapped.put(name, mapping.apply(name, value)));
        }
        return mapped;
    }
}
