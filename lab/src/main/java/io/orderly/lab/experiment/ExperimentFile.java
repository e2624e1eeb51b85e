package io.orderly.lab.experiment;

import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Expectation;
import io.orderly.lab.experiment.Experiment.ExperimentPlan;
import io.orderly.lab.experiment.Experiment.ExperimentSize;
import io.orderly.lab.experiment.Experiment.LinkLatency;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Role;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.control.FaultReader;
import io.orderly.lab.fault.control.FaultReader.Reading;
import io.orderly.lab.load.MixShares;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads experiments from files. */
public final class ExperimentFile {

    private static final String ENDING = ".yaml";
    private static final int LONGEST_MINUTES = 60;
    private static final Map<String, MixShares> MIXES =
            Map.of("ordinary", MixShares.ALL_ORDINARY, "every-way", MixShares.EVERY_WAY);

    private final Path file;
    private final SystemDescription installation;
    private final List<String> problems = new ArrayList<>();

    private ExperimentFile(Path file, SystemDescription installation) {
        this.file = file;
        this.installation = installation;
    }

    /**
     * The files of a folder, by the names of their experiments.
     *
     * @throws UncheckedIOException if it is not there
     */
    public static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an experiment in this file goes by. */
    public static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /**
     * Reads an experiment.
     *
     * @param installation what there is to experiment on
     * @throws InvalidExperimentException with all that is wrong, each with its line and field
     */
    public static Experiment read(Path file, SystemDescription installation) {
        return new ExperimentFile(file, installation).read();
    }

    private Experiment read() {
        YamlSection top = new YamlSection(file, "", root(), problems);
        String title = top.text("title");
        String question = top.text("question");
        List<Arm> arms = top.named("arms", this::arm);
        ExperimentPlan full = extent(top, "full");
        ExperimentPlan quick = extent(top, "quick");
        List<Scenario> scenarios =
                top.named("scenarios", (name, section) -> scenario(name, section, arms, full, quick));
        Experiment experiment = new Experiment(
                nameOf(file),
                title,
                question,
                arms,
                scenarios,
                full,
                quick,
                top.list("expect", section -> expectation(section, arms, scenarios)).stream()
                        .filter(Objects::nonNull)
                        .toList());
        if (arms.stream().filter(arm -> arm.role() == Role.PATTERN).count() != 1) {
            top.problem("arms", "should have exactly one of the role pattern");
        }
        if (experiment.expectations().isEmpty() && !top.has("expect")) {
            top.problem("expect", "is missing: an experiment states what it expects");
        }
        top.done();
        if (!problems.isEmpty()) {
            throw new InvalidExperimentException(problems);
        }
        return experiment;
    }

    private Node root() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        try (Reader reader = Files.newBufferedReader(file)) {
            Node root = new Yaml(options).compose(reader);
            if (root == null) {
                throw new InvalidExperimentException(List.of(file + ":1: the file is empty"));
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new InvalidExperimentException(
                    List.of("%s:%d: is not YAML: %s".formatted(file, line, e.getProblem())));
        } catch (IOException e) {
            throw new InvalidExperimentException(List.of("%s:1: cannot be read: %s".formatted(file, e)));
        }
    }

    private Arm arm(String name, YamlSection section) {
        Role role = section.oneOf("role", Stream.of(Role.values())) instanceof Role known ? known : Role.ANTI_PATTERN;
        String callText = section.text("calls");
        HttpCall call = HttpCall.parse(callText).orElseGet(() -> {
            if (!callText.isEmpty()) {
                section.problem("calls", "should be a request such as POST /orders, and is " + callText);
            }
            return new HttpCall(HttpCall.Method.POST, "/orders");
        });
        Map<String, List<String>> antiPatterns = new LinkedHashMap<>();
        if (section.has("anti-patterns")) {
            YamlSection services = section.section("anti-patterns");
            if (services != null) {
                for (String service : services.names()) {
                    if (!installation.services().contains(service)) {
                        services.problem(service, "is no service; there are " + installation.services());
                    }
                    List<String> known = installation.antiPatterns().getOrDefault(service, List.of());
                    antiPatterns.put(service, services.texts(service));
                    antiPatterns.get(service).stream()
                            .filter(wrong -> !known.contains(wrong))
                            .forEach(wrong -> services.problem(
                                    service,
                                    "has an anti-pattern that is unknown: %s; there are %s"
                                            .formatted(wrong, String.join(", ", known))));
                }
            }
        }
        section.done();
        return new Arm(name, role, call, antiPatterns);
    }

    private Scenario scenario(
            String name, YamlSection section, List<Arm> arms, ExperimentPlan full, ExperimentPlan quick) {
        List<String> names = arms.stream().map(Arm::name).toList();
        List<String> going = section.has("arms") ? section.texts("arms") : List.of();
        going.forEach(arm -> require(section, "arms", arm, names));
        Duration during = Stream.of(full, quick)
                .map(extent -> extent.of(PhaseName.DURING))
                .min(Duration::compareTo)
                .orElseThrow();
        MixShares shares = section.has("orders")
                ? MIXES.get(
                        section.oneOf("orders", MIXES.keySet().stream().sorted()) instanceof String mix
                                ? mix
                                : "ordinary")
                : MixShares.ALL_ORDINARY;
        Scenario scenario = new Scenario(
                name,
                section.has("title") ? section.text("title") : name,
                section.has("only") ? section.oneOf("only", Stream.of(ExperimentSize.values())) : null,
                going,
                section.has("products") ? section.texts("products") : List.of(),
                section.has("customers") ? section.integer("customers", 1) : 500,
                shares,
                load(section),
                section.list("latencies", this::latency),
                section.list("faults", fault -> fault(fault, during)).stream()
                        .filter(Objects::nonNull)
                        .toList());
        section.done();
        return scenario;
    }

    private static Load load(YamlSection section) {
        if (section.has("orders-per-second") == section.has("in-flight")) {
            section.problem("", "should have either orders-per-second or in-flight");
        }
        if (section.has("in-flight")) {
            int inFlight = section.integer("in-flight", 1);
            if (section.has("orders-per-second")) {
                section.number("orders-per-second", 0.1);
            }
            return new Load.Closed(inFlight);
        }
        return new Load.Open(section.has("orders-per-second") ? section.number("orders-per-second", 0.1) : 1);
    }

    private LinkLatency latency(YamlSection section) {
        List<String> links = section.texts("links");
        links.forEach(link -> require(section, "links", link, installation.links()));
        LinkLatency latency = new LinkLatency(links, section.duration("delay"));
        section.done();
        return latency;
    }

    private @Nullable PlannedFault fault(YamlSection section, Duration during) {
        Duration after = section.durationOr("after", Duration.ZERO);
        Duration lasting = section.durationOr("for", during.minus(after));
        if (lasting.isNegative() || lasting.isZero() || after.plus(lasting).compareTo(during) > 0) {
            section.problem(
                    section.has("for") ? "for" : "after",
                    "should end within the phase during, which lasts %d ms".formatted(during.toMillis()));
        }
        return switch (FaultReader.read(section.restAsJson())) {
            case Reading.Invalid(String field, String what) -> {
                section.problem(field, what);
                yield null;
            }
            case Reading.Read(Fault fault) -> {
                switch (fault) {
                    case Fault.OfProcess of -> require(section, "process", of.process(), installation.processes());
                    case Fault.OfLink of -> require(section, "link", of.link(), installation.links());
                    case Fault.OfService of -> require(section, "service", of.service(), installation.services());
                }
                yield new PlannedFault(fault, after, lasting);
            }
        };
    }

    private static void require(YamlSection section, String field, String name, List<String> known) {
        if (!known.contains(name)) {
            section.problem(field, "is unknown: %s; there are %s".formatted(name, String.join(", ", known)));
        }
    }

    private ExperimentPlan extent(YamlSection top, String field) {
        Map<PhaseName, Duration> phases = new EnumMap<>(PhaseName.class);
        YamlSection section = top.section(field);
        if (section == null) {
            return new ExperimentPlan(phases, 1);
        }
        for (PhaseName phase : PhaseName.values()) {
            phases.put(phase, section.duration(phase.toString()));
            if (section.has(phase.toString()) && phases.get(phase).compareTo(Duration.ofMinutes(LONGEST_MINUTES)) > 0) {
                section.problem(phase.toString(), "should be an hour at most");
            }
        }
        int repeats = section.has("repeats") ? section.integer("repeats", 1) : 1;
        section.done();
        return new ExperimentPlan(phases, repeats);
    }

    private @Nullable Expectation expectation(YamlSection section, List<Arm> arms, List<Scenario> scenarios) {
        Set<String> armNames = arms.stream().map(Arm::name).collect(java.util.stream.Collectors.toSet());
        Metric measure = section.oneOf("measure", Stream.of(Metric.values()));
        String arm = section.oneOf("arm", armNames.stream().sorted());
        String relativeTo = section.has("relative-to")
                ? section.oneOf("relative-to", armNames.stream().sorted())
                : null;
        String scenario = section.has("scenario")
                ? section.oneOf("scenario", scenarios.stream().map(Scenario::name))
                : null;
        PhaseName phase = section.has("phase") ? section.oneOf("phase", Stream.of(PhaseName.values())) : null;
        if (measure != null && !measure.isOfPhase() && phase != null) {
            section.problem("phase", "does not go with " + measure + ", which is of a whole run");
        }
        Double atLeast = section.has("at-least") ? (Double) section.number("at-least", 0) : null;
        Double atMost = section.has("at-most") ? (Double) section.number("at-most", 0) : null;
        if (!section.has("at-least") && !section.has("at-most")) {
            section.problem("", "should have at-least or at-most");
        }
        section.done();
        return measure == null || arm == null
                ? null
                : new Expectation(
                        measure, arm, relativeTo, scenario, phase == null ? PhaseName.DURING : phase, atLeast, atMost);
    }
}
