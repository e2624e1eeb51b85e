package io.orderly.lab.bench;

import io.orderly.lab.bench.coordinator.CoordinatorBenchCommand;
import io.orderly.lab.system.LabFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

        @Mixin
        private LabFolder folder = new LabFolder();

        @Override
        public Integer call() throws IOException, InterruptedException {
            var plan = new BenchPlan(
                    seed,
                    yardstickSeconds,
                    Duration.ofSeconds(warmUpSeconds),
                    firstRate,
                    Duration.ofSeconds(trialSeconds),
                    Duration.ofSeconds(measureSeconds),
                    ordersAlone,
                    rate);
            BenchReport report = new OrderBench(plan, System.out).run(folder.home(), folder.path());
            folder.report("bench-orders", report);
            return report.isValid() ? 0 : 1;
        }
    }
}
