package io.orderly.lab.experiment;

import static io.orderly.lab.experiment.FileProblems.path;

import io.orderly.lab.experiment.Experiment.Expectation;
import io.orderly.lab.experiment.Experiment.Role;
import io.orderly.lab.experiment.ExperimentDocument.ArmFields;
import io.orderly.lab.experiment.ExperimentDocument.ScenarioFields;
import io.orderly.stack.Topology;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the references between fields of an experiment, and from them to the parts of the system. Skips fields that are null. */
final class CrossReferences {

    private final ExperimentDocument document;
    private final SystemDescription system;
    private final FileProblems problems;

    CrossReferences(ExperimentDocument document, SystemDescription system, FileProblems problems) {
        this.document = document;
        this.system = system;
        this.problems = problems;
    }

    void check() {
        List<@Nullable Role> roles = document.arms().values().stream()
                .map(arm -> arm == null ? null : arm.role())
                .toList();
        if (!roles.isEmpty() && !roles.contains(null) && Collections.frequency(roles, Role.PATTERN) != 1) {
            problems.add("arms", "should have exactly one of the role pattern");
        }
        if (document.objective() != null && document.objective().compareTo(Experiment.PATIENCE) > 0) {
            problems.add(
                    "objective", "should be at most the patience of %d s".formatted(Experiment.PATIENCE.toSeconds()));
        }
        each("arms", document.arms(), this::check);
        each("scenarios", document.scenarios(), this::check);
        each("expect", document.expect(), this::check);
    }

    private void check(String at, ArmFields arm) {
        if (arm.calls() != null) {
            problems.requireKnown(path(at, "calls"), arm.calls().service(), system.services());
        }
        each(path(at, "anti-patterns"), arm.antiPatterns(), (field, names) -> {
            String service = field.substring(path(at, "anti-patterns.").length());
            List<String> known = system.antiPatterns().getOrDefault(service, List.of());
            problems.requireKnown(field, service, system.services());
            if (system.services().contains(service)) {
                each(field, names, (_, name) -> problems.requireKnown(field, name, known));
            }
        });
        requireServices(path(at, "settings"), arm.settings());
    }

    private void check(String at, ScenarioFields scenario) {
        if (Stream.of("orders-per-second", "in-flight", "in-flight-sweep")
                        .filter(load -> problems.isInFile(path(at, load)))
                        .count()
                != 1) {
            problems.add(at, "should have one of orders-per-second, in-flight and in-flight-sweep");
        }
        checkSweep(at, scenario.inFlightSweep());
        boolean hasCoordinators = Boolean.TRUE.equals(scenario.coordinators());
        int instances = Objects.requireNonNullElse(scenario.instances(), 1);
        if (instances > 1 && !hasCoordinators) {
            problems.add(path(at, "instances"), "needs coordinators: true");
        }
        SystemDescription parts = system.of(hasCoordinators, Math.clamp(instances, 1, Topology.MAX_INSTANCES));
        requireServices(path(at, "settings"), scenario.settings());
        String arms = path(at, "arms");
        each(
                arms,
                scenario.arms(),
                (_, arm) -> problems.requireKnown(arms, arm, document.arms().keySet()));
        each(path(at, "latencies"), scenario.latencies(), (latency, fields) -> {
            String links = path(latency, "links");
            each(links, fields.links(), (_, link) -> problems.requireKnown(links, link, parts.links()));
        });
        each(
                path(at, "faults"),
                scenario.faults(),
                (field, fault) -> fault.check(field, document.shortestDuring().orElse(null), parts, problems));
    }

    /** @param settings by the name of the service */
    private void requireServices(String at, @Nullable Map<String, @Nullable Map<String, String>> settings) {
        each(
                at,
                settings,
                (field, _) -> problems.requireKnown(field, field.substring(at.length() + 1), system.services()));
    }

    private void checkSweep(String at, @Nullable List<@Nullable Integer> levels) {
        if (levels == null || levels.contains(null)) {
            return;
        }
        String field = path(at, "in-flight-sweep");
        if (levels.size() < 2 || !levels.equals(List.copyOf(new TreeSet<>(levels)))) {
            problems.add(field, "should be at least two numbers, each greater than the one before");
        }
        String name = at.substring("scenarios.".length());
        for (Integer level : levels) {
            String ofLevel = ScenarioFields.nameOf(name, level);
            if (document.scenarios().containsKey(ofLevel)) {
                problems.add(field, "makes a scenario " + ofLevel + ", which is there already");
            }
        }
    }

    private void check(String at, Expectation expectation) {
        problems.requireKnown(
                path(at, "arm"), expectation.arm(), document.arms().keySet());
        problems.requireKnown(
                path(at, "relative-to"),
                expectation.relativeTo(),
                document.arms().keySet());
        problems.requireKnown(
                path(at, "scenario"),
                expectation.scenario(),
                document.scenarios().keySet());
        Metric measure = expectation.measure();
        if (measure != null && !measure.isOfPhase() && problems.isInFile(path(at, "phase"))) {
            problems.add(path(at, "phase"), "does not go with " + measure + ", which is of a whole run");
        }
        if (!problems.isInFile(path(at, "at-least")) && !problems.isInFile(path(at, "at-most"))) {
            problems.add(at, "should have at-least or at-most");
        }
    }

    private static <T> void each(String field, @Nullable Map<String, @Nullable T> items, BiConsumer<String, T> check) {
        if (items != null) {
            items.forEach((name, item) -> {
                if (item != null) {
                    check.accept(path(field, name), item);
                }
            });
        }
    }

    private static <T> void each(String field, @Nullable List<@Nullable T> items, BiConsumer<String, T> check) {
        if (items != null) {
            for (int i = 0; i < items.size(); i++) {
                T item = items.get(i);
                if (item != null) {
                    check.accept(path(field, i), item);
                }
            }
        }
    }
}
