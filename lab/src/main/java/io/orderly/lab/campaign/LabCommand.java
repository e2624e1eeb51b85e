package io.orderly.lab.campaign;

import io.orderly.lab.crash.CrashMatrix;
import io.orderly.lab.crash.CrashPlan;
import io.orderly.lab.crash.CrashReport;
import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.ExperimentPlan;
import io.orderly.lab.experiment.Experiment.ExperimentSize;
import io.orderly.lab.experiment.ExperimentFile;
import io.orderly.lab.experiment.InvalidExperimentException;
import io.orderly.lab.report.ConsoleReport;
import io.orderly.lab.report.Figure;
import io.orderly.lab.run.ArmRun;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.ExperimentResult.CheckedExpectation;
import io.orderly.lab.run.ExperimentResult.ExpectationStatus;
import io.orderly.lab.system.LabFolder;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.lab.trial.ForeignSystem;
import io.orderly.lab.trial.SystemFile;
import io.orderly.lab.trial.TrialResult;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code ./run lab}: runs experiments, and tries systems of others. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = {
            "Compares a pattern with an anti-pattern, on a separate system, under the same load and the same faults. With --system it "
                    + "starts another system, and checks the invariants of that.",
            "Exits with 0 if all expectations of the experiment are met, or all invariants of the system hold, with 1 if one is not met, "
                    + "with 2 if the file is invalid, and with 3 if there is no valid run to decide."
        })
public final class LabCommand implements Callable<Integer> {

    private static final int NOT_MET = 1;
    private static final int INVALID = 2;
    private static final int NOT_DECIDED = 3;
    private static final int INTERRUPTED = 130;

    private static final String CRASH_POINTS = "crash-points";
    private static final double CRASH_ORDERS_PER_SECOND = 10;
    private static final Duration QUICK_CRASH_TIME = Duration.ofSeconds(45);
    private static final Duration FULL_CRASH_TIME = Duration.ofMinutes(30);
    private static final Duration CRASH_TIMEOUT = Duration.ofMinutes(2);

    @Parameters(
            arity = "0..*",
            paramLabel = "<experiment>",
            description = "name of an experiment, or path of its file; list shows all experiments, all runs them, "
                    + "crash-points kills each service at each of its crash points")
    private List<String> names = List.of();

    @Option(
            names = "--system",
            paramLabel = "<file>",
            description = "the description of a system of your own, which is tried instead of an experiment")
    private @Nullable Path system;

    @Option(names = "--quick", description = "the short version: under two minutes per run")
    private boolean quick;

    @Option(names = "--seed", paramLabel = "<n>", defaultValue = "1", description = "default ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--repeats",
            paramLabel = "<n>",
            description = "runs of each arm in each scenario; default: as given in the experiment, and 1 for a system")
    private @Nullable Integer repeats;

    @Option(names = "--scenario", paramLabel = "<name>", description = "run only this scenario; may be repeated")
    private List<String> scenarios = List.of();

    @Mixin
    private LabFolder folder = new LabFolder();

    /** @param name by which the command finds it */
    private record Selected(String name, Experiment experiment) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path experimentsFolder = folder.home().resolve("lab").resolve("experiments");
        try {
            if (system != null) {
                return trySystem(system);
            }
            if (names.isEmpty()) {
                throw new InvalidExperimentException(
                        List.of("neither an experiment nor --system; ./run lab list shows all experiments"));
            }
            if (names.equals(List.of("list"))) {
                return list(experimentsFolder);
            }
            if (names.contains(CRASH_POINTS)) {
                if (names.size() > 1 || repeats != null || !scenarios.isEmpty()) {
                    throw new InvalidExperimentException(List.of(
                            CRASH_POINTS + " cannot be combined with other experiments, --repeats or --scenario"));
                }
                return crashPoints();
            }
            List<Path> files =
                    names.equals(List.of("all")) ? ExperimentFile.in(experimentsFolder) : files(experimentsFolder);
            List<Experiment> experiments = read(files);
            List<Selected> selected = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                Path file = files.get(i);
                selected.add(new Selected(
                        file.startsWith(experimentsFolder) ? ExperimentFile.nameOf(file) : file.toString(),
                        withSelectedScenarios(experiments.get(i))));
            }
            return run(selected);
        } catch (InvalidExperimentException e) {
            System.err.println(e.getMessage());
            return INVALID;
        }
    }

    /** The crash-point matrix compares no arms, so it has no experiment file. */
    private int crashPoints() throws IOException, InterruptedException {
        var plan =
                new CrashPlan(seed, CRASH_ORDERS_PER_SECOND, quick ? QUICK_CRASH_TIME : FULL_CRASH_TIME, CRASH_TIMEOUT);
        CrashReport report = new CrashMatrix(plan, System.out).run(folder.home(), folder.path());
        folder.report(CRASH_POINTS, report);
        return report.isPassed() ? 0 : NOT_MET;
    }

    /** A system of others has no arms and no short form. */
    private int trySystem(Path file) throws IOException {
        if (!names.isEmpty() || quick) {
            throw new InvalidExperimentException(List.of("--system cannot be combined with experiments or --quick"));
        }
        ForeignSystem tried = SystemFile.read(file);
        String command = new RepeatingCommand(
                        "--system=" + file, false, seed, systemRepeats(), scenarios, folder.given())
                .toString();
        var campaign = new SystemCampaign(
                scenarios.isEmpty() ? tried : tried.with(scenarios),
                systemRepeats(),
                seed,
                command,
                folder.path(),
                System.out);
        try (var _ = new GracefulShutdown()) {
            List<TrialResult> runs = campaign.run();
            if (Thread.interrupted()) {
                return INTERRUPTED;
            }
            return runs.stream().anyMatch(TrialResult::isViolated)
                    ? NOT_MET
                    : runs.stream().allMatch(TrialResult::isDecided) ? 0 : NOT_DECIDED;
        } catch (ProcessFailure e) {
            if (Thread.interrupted()) {
                return INTERRUPTED;
            }
            System.err.println(e.getMessage());
            return NOT_DECIDED;
        }
    }

    private int systemRepeats() {
        return repeats == null ? 1 : repeats;
    }

    private int list(Path experimentsFolder) {
        for (Experiment experiment : read(ExperimentFile.in(experimentsFolder))) {
            System.out.printf("%-26s %s%n", experiment.name(), experiment.title());
            experiment
                    .scenarios()
                    .forEach(scenario -> System.out.printf("    %-22s %s%n", scenario.name(), scenario.title()));
        }
        System.out.printf(
                "%-26s %s%n",
                CRASH_POINTS, "Kills each service at each of its crash points; has no file, not included in all");
        return 0;
    }

    private List<Path> files(Path experimentsFolder) {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            Path file = name.endsWith(".yaml") ? Path.of(name) : experimentsFolder.resolve(name + ".yaml");
            if (!Files.isRegularFile(file)) {
                throw new InvalidExperimentException(List.of("unknown experiment %s; known are %s"
                        .formatted(
                                name,
                                ExperimentFile.in(experimentsFolder).stream()
                                        .map(ExperimentFile::nameOf)
                                        .toList())));
            }
            files.add(file);
        }
        return files;
    }

    /** Reads all files before any process starts. */
    private static List<Experiment> read(List<Path> files) {
        List<Experiment> experiments = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            try {
                experiments.add(ExperimentFile.read(file, LabEnvironment.INSTALLATION));
            } catch (InvalidExperimentException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidExperimentException(problems);
        }
        return experiments;
    }

    private ExperimentSize size() {
        return quick ? ExperimentSize.QUICK : ExperimentSize.FULL;
    }

    /** A scenario that is selected by name runs with and without {@code --quick}. */
    private Experiment withSelectedScenarios(Experiment experiment) {
        if (scenarios.isEmpty()) {
            return experiment.in(size());
        }
        List<Experiment.Scenario> selected = experiment.scenarios().stream()
                .filter(scenario -> scenarios.stream().anyMatch(scenario::isNamed))
                .toList();
        if (selected.isEmpty()) {
            throw new InvalidExperimentException(List.of("%s has none of the scenarios %s; known are %s"
                    .formatted(
                            experiment.name(),
                            scenarios,
                            experiment.scenarios().stream()
                                    .map(Experiment.Scenario::name)
                                    .toList())));
        }
        return experiment.with(selected);
    }

    private int run(List<Selected> experiments) throws IOException {
        try (var _ = new GracefulShutdown()) {
            System.out.println("Starting a system to create the initial data for all runs");
            ArmRun.Environment place = LabEnvironment.prepare(
                    folder.home(), folder.path(), quick ? ShortLivedJvmSettings.with(Map.of()) : Map.of());
            List<ExpectationStatus> statuses = new ArrayList<>();
            for (Selected experiment : experiments) {
                if (!Thread.currentThread().isInterrupted()) {
                    statuses.add(run(experiment, place));
                }
            }
            if (Thread.interrupted()) {
                return INTERRUPTED;
            }
            return statuses.contains(ExpectationStatus.NOT_MET)
                    ? NOT_MET
                    : statuses.contains(ExpectationStatus.NOT_DECIDED) ? NOT_DECIDED : 0;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        }
    }

    private ExpectationStatus run(Selected selected, ArmRun.Environment place) throws IOException {
        Experiment experiment = selected.experiment();
        ExperimentPlan planned = experiment.plan(size());
        ExperimentPlan extent = repeats == null ? planned : new ExperimentPlan(planned.phases(), repeats);
        String command = new RepeatingCommand(selected.name(), quick, seed, extent.repeats(), scenarios, folder.given())
                .toString();
        var campaign = new Campaign(
                experiment, extent, seed, command, place, folder.path().resolve("reports"), System.out);
        ExperimentResult result = campaign.run();
        ConsoleReport.of(result).forEach(System.out::println);
        for (CheckedExpectation checked : result.checked()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-11s %s %s%s in %s: %s%n",
                    checked.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    checked.expectation().arm(),
                    checked.expectation().measure(),
                    checked.expectation().relativeTo() == null
                            ? ""
                            : " relative to " + checked.expectation().relativeTo(),
                    checked.scenario(),
                    checked.value() == null ? "no value measured" : Figure.of(checked));
        }
        System.out.printf("  Report: %s%n", campaign.page());
        return result.status();
    }
}
