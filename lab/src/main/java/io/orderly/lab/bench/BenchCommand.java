package io.orderly.lab.bench;

import io.orderly.lab.bench.coordinator.CoordinatorBenchCommand;
import io.orderly.lab.system.LabFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ./run bench}: runs benchmarks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Runs benchmarks: of the order system beside pgbench, of the coordinator beside etcd.",
        subcommands = {BenchCommand.Orders.class, CoordinatorBenchCommand.class})
public final class BenchCommand {

    /** Benchmark of the order system. */
    @Command(
            name = "orders",
            mixinStandardHelpOptions = true,
            description =
                    "Starts a separate system, finds the highest order rate that it sustains, and measures it at 70 %%"
                            + " of that rate. Requires pgbench. Exits with 0 if the measurement is valid.")
    static final class Orders implements Callable<Integer> {

        private static final String DEFAULT = "default ${DEFAULT-VALUE}";

        @Spec
        private CommandSpec spec;

        @Option(
                names = "--seed",
                paramLabel = "<n>",
                defaultValue = "1",
                description = "seed of the orders; " + DEFAULT)
        private long seed;

        @Option(names = "--yardstick-seconds", paramLabel = "<n>", defaultValue = "15", description = DEFAULT)
        private int yardstickSeconds;

        @Option(names = "--warm-up-seconds", paramLabel = "<n>", defaultValue = "240", description = DEFAULT)
        private int warmUpSeconds;

        @Option(
                names = "--first-rate",
                paramLabel = "<orders/s>",
                defaultValue = "160",
                description = "the first rate that is tried; " + DEFAULT)
        private double firstRate;

        @Option(names = "--trial-seconds", paramLabel = "<n>", defaultValue = "20", description = DEFAULT)
        private int trialSeconds;

        @Option(names = "--measure-seconds", paramLabel = "<n>", defaultValue = "60", description = DEFAULT)
        private int measureSeconds;

        @Option(
                names = "--alone",
                paramLabel = "<n>",
                defaultValue = "300",
                description = "number of sequential orders; " + DEFAULT)
        private int ordersAlone;

        @Option(
                names = "--rate",
                paramLabel = "<orders/s>",
                defaultValue = "0",
                description = "measure at this rate, without a search for the highest rate")
        private double rate;

        @Option(
                names = "--instances",
                paramLabel = "<n>",
                defaultValue = "1",
                description = "instances of each service; several run behind a gateway, with coordinators; " + DEFAULT)
        private int instances;

        @Option(
                names = "--coordinators",
                description = "run coordinators also with one instance of each service, as a base for several")
        private boolean coordinators;

        @Option(
                names = "--console-pages",
                paramLabel = "<n>",
                defaultValue = "0",
                description =
                        "run a console with this number of open pages, at most " + ConsolePages.MAX + "; " + DEFAULT)
        private int consolePages;

        @Option(
                names = "--commit-delay-millis",
                paramLabel = "<n>",
                defaultValue = "0",
                description =
                        "how long PostgreSQL waits before each flush of the write-ahead log, as if the disk were slower, also for "
                                + "pgbench; at most " + CommitDelay.MAX_MILLIS + "; " + DEFAULT)
        private int commitDelayMillis;

        @Mixin
        private LabFolder folder = new LabFolder();

        @Override
        public Integer call() throws IOException, InterruptedException {
            BenchReport report = new OrderBench(plan(), System.out).run(folder.home(), folder.path());
            folder.report("bench-orders", report);
            return report.isValid() ? 0 : 1;
        }

        private BenchPlan plan() {
            try {
                return new BenchPlan(
                        seed,
                        yardstickSeconds,
                        Duration.ofSeconds(warmUpSeconds),
                        firstRate,
                        Duration.ofSeconds(trialSeconds),
                        Duration.ofSeconds(measureSeconds),
                        ordersAlone,
                        rate,
                        instances,
                        coordinators || instances > 1,
                        consolePages,
                        new CommitDelay(Duration.ofMillis(commitDelayMillis)));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
    }
}
