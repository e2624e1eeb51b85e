package io.orderly.lab.campaign;

import io.orderly.lab.campaign.RunOrder.PlannedRun;
import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.ExperimentPlan;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.report.Figure;
import io.orderly.lab.report.HtmlReport;
import io.orderly.lab.report.ReportIndex;
import io.orderly.lab.run.ArmRun;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.Machine;
import io.orderly.lab.run.RunResult;
import io.orderly.lab.run.SourceVersion;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Executes all runs of an experiment. The report is rewritten after each run, so an interruption loses no completed
 * run.
 */
final class Campaign {

    private final Experiment experiment;
    private final ExperimentPlan extent;
    private final long seed;
    private final String command;
    private final ArmRun.Environment place;
    private final Path reports;
    private final PrintStream out;
    private final List<RunResult> runs = new ArrayList<>();
    private final Instant at = Instant.now();
    private final String commit;

    /**
     * @param seed from which everything random is drawn
     * @param command the command line that repeats the experiment
     * @param reports the folder for the reports
     */
    Campaign(
            Experiment experiment,
            ExperimentPlan extent,
            long seed,
            String command,
            ArmRun.Environment place,
            Path reports,
            PrintStream out) {
        this.experiment = experiment;
        this.extent = extent;
        this.seed = seed;
        this.command = command;
        this.place = place;
        this.reports = reports;
        this.out = out;
        this.commit = SourceVersion.of(place.home());
    }

    /** @return the results so far; partial if the thread was interrupted, and the interrupt flag stays set */
    ExperimentResult run() throws IOException {
        say("%n%s: %s", experiment.name(), experiment.title());
        say("  seed %d, from which order, load and jitter are drawn; repeats: %d", seed, extent.repeats());
        for (PlannedRun planned : RunOrder.of(experiment, extent.repeats(), seed)) {
            if (!Thread.currentThread().isInterrupted()) {
                run(planned.arm(), planned.scenario(), planned.seed());
            }
        }
        ExperimentResult result = result(Thread.currentThread().isInterrupted());
        write(result);
        if (!runs.isEmpty()) {
            ReportIndex.add(reports, result);
        }
        return result;
    }

    private void run(Arm arm, Scenario scenario, long runSeed) throws IOException {
        say("  %s, %s, seed %d", arm.name(), scenario.name(), runSeed);
        try {
            RunResult run = new ArmRun(place, arm, scenario, extent, experiment.objective(), runSeed, out).run();
            runs.add(run);
            summarize(run);
            write(result(true));
        } catch (ProcessFailure | IOException e) {
            // an interruption surfaces as different exceptions
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
    }

    private void summarize(RunResult run) {
        if (run.phases().containsKey(PhaseName.DURING)) {
            say(
                    "    during the fault: %s; %d violations; %s",
                    Stream.of(Metric.GOODPUT, Metric.P50, Metric.P90, Metric.P99)
                            .flatMap(metric -> run.value(metric, PhaseName.DURING).stream()
                                    .map(value -> Figure.inWords(metric, value)))
                            .collect(Collectors.joining(", ")),
                    run.violations().size(),
                    run.isValid() ? "valid" : "INVALID: " + String.join("; ", run.validityProblems()));
        }
    }

    private ExperimentResult result(boolean isPartial) {
        return new ExperimentResult(
                experiment,
                command,
                commit,
                seed,
                extent,
                at,
                Machine.of(place.folder()),
                List.copyOf(runs),
                isPartial);
    }

    private void write(ExperimentResult result) throws IOException {
        Files.createDirectories(reports);
        Files.writeString(page(), HtmlReport.of(result));
        Files.write(
                reports.resolve(experiment.name() + ".json"),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
    }

    Path page() {
        return reports.resolve(experiment.name() + ".html");
    }

    private void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
