package io.orderly.lab.campaign;

import io.orderly.lab.report.ConsoleReport;
import io.orderly.lab.report.JUnitReport;
import io.orderly.lab.run.Machine;
import io.orderly.lab.trial.ForeignSystem;
import io.orderly.lab.trial.ForeignSystem.Scenario;
import io.orderly.lab.trial.Trial;
import io.orderly.lab.trial.TrialReport;
import io.orderly.lab.trial.TrialResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Executes all runs of a foreign system. The reports are rewritten after each run. */
final class SystemCampaign {

    private final ForeignSystem system;
    private final int repeats;
    private final long seed;
    private final String command;
    private final Path folder;
    private final PrintStream out;
    private final List<TrialResult> runs = new ArrayList<>();
    private final Instant at = Instant.now();

    /**
     * @param seed that of the first run of each scenario; those of each further repeat have one more
     * @param command the command line that repeats it
     * @param folder for the data of the system, and for the reports
     */
    SystemCampaign(ForeignSystem system, int repeats, long seed, String command, Path folder, PrintStream out) {
        this.system = system;
        this.repeats = repeats;
        this.seed = seed;
        this.command = command;
        this.folder = folder;
        this.out = out;
    }

    /**
     * Partial if the thread was interrupted; the interrupt flag stays set.
     *
     * @return the results so far
     * @throws io.orderly.stack.process.ProcessFailure if the system cannot be started
     */
    List<TrialResult> run() throws IOException {
        out.printf("%n%s: %s%n", system.name(), system.title());
        for (int repeat = 0; repeat < repeats; repeat++) {
            for (Scenario scenario : system.scenarios()) {
                if (!Thread.currentThread().isInterrupted()) {
                    run(scenario, seed + repeat);
                }
            }
        }
        return List.copyOf(runs);
    }

    private void run(Scenario scenario, long runSeed) throws IOException {
        out.printf("  %s, seed %d%n", scenario.name(), runSeed);
        Path data = folder.resolve("systems").resolve(system.name());
        TrialResult result = new Trial(system, scenario, data, runSeed, out).run();
        runs.add(result);
        ConsoleReport.of(result).forEach(line -> out.println("  " + line));
        write();
    }

    private void write() throws IOException {
        var report = new TrialReport(
                system.name(), system.title(), seed, command, at, Machine.of(folder), List.copyOf(runs));
        Path reports = Files.createDirectories(folder.resolve("reports"));
        Path json = reports.resolve("system-" + system.name() + ".json");
        Path xml = reports.resolve("system-" + system.name() + ".xml");
        Files.write(json, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
        Files.writeString(xml, JUnitReport.of(report));
        out.printf("    Report: %s%n    JUnit XML: %s%n", json, xml);
    }
}
