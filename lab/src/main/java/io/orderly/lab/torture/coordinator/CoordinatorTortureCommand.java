package io.orderly.lab.torture.coordinator;

import io.orderly.lab.coordinator.EtcdProgram;
import io.orderly.lab.coordinator.OrderlyProgram;
import io.orderly.lab.coordinator.ServerProgram;
import io.orderly.lab.system.LabFolder;
import io.orderly.stack.coordinator.EtcdServer;
import io.orderly.stack.coordinator.Product;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code ./run torture coordinator}. */
@Command(
        name = "coordinator",
        mixinStandardHelpOptions = true,
        description =
                "Starts three coordinators, kills, suspends and disconnects them under clients, sets their clocks, slows and"
                        + " fills their disks, and checks what the clients were told: linearizability, leases, fencing tokens,"
                        + " timestamps, and that service returns. Exits with 0 if all holds, 1 if something is violated,"
                        + " 2 if that was not decided.")
public final class CoordinatorTortureCommand implements Callable<Integer> {

    @Option(names = "--minutes", paramLabel = "<n>", defaultValue = "10", description = "default ${DEFAULT-VALUE}")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            description = "seed of the requests and the faults; default: a random seed")
    private @Nullable Long seed;

    @Option(
            names = "--product",
            paramLabel = "<product>",
            defaultValue = "ORDERLY",
            description =
                    "the program under test: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. With etcd, the checks "
                            + "themselves are tested")
    private Product product = Product.ORDERLY;

    @Mixin
    private LabFolder folder = new LabFolder();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var plan = new CoordinatorTorturePlan(
                seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
                Duration.ofMillis(Math.round(minutes * 60_000)),
                CoordinatorTorturePlan.PROGRESS_BOUND);
        System.out.printf("Torture with seed %d: %.1f minutes%n", plan.seed(), minutes);
        Path data = folder.path().resolve("torture-coordinator");
        CoordinatorTortureReport report = new CoordinatorTorture(plan, System.out).run(program(data), data);
        System.out.println();
        folder.report("torture-coordinator", report);
        return report.exitCode();
    }

    private ServerProgram program(Path data) {
        return switch (product) {
            case ORDERLY ->
                OrderlyProgram.withFaults(folder.home(), OrderlyProgram.SHORT_LIVED_JVM, data.resolve("program"));
            case ETCD ->
                EtcdProgram.find()
                        .orElseThrow(() -> new ProcessFailure("etcd is not installed. " + EtcdServer.INSTALL));
        };
    }
}
