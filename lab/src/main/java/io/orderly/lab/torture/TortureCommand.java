package io.orderly.lab.torture;

import io.orderly.lab.system.LabFolder;
import io.orderly.lab.torture.coordinator.CoordinatorTortureCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code ./run torture}: kills processes under load, and checks that nothing was lost. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description = "Kills processes under load, and checks that nothing was lost.",
        subcommands = {TortureCommand.Orders.class, CoordinatorTortureCommand.class})
public final class TortureCommand {

    /** Torture of the order system. */
    @Command(
            name = "orders",
            mixinStandardHelpOptions = true,
            description = "Starts a separate system, places orders, and repeatedly kills each of its processes "
                    + "with SIGKILL. Then audits the databases, the topics and the payment provider's book against "
                    + "the clients' journal. Exits with 0 if there is no violation.")
    static final class Orders implements Callable<Integer> {

        private static final int KILLS_PER_MINUTE = 4;
        private static final int ORDERS_PER_MINUTE = 600;
        private static final String MOST_DOWN = "2";
        private static final Duration TIMEOUT = Duration.ofMinutes(5);

        @Option(names = "--minutes", paramLabel = "<n>", defaultValue = "10", description = "default ${DEFAULT-VALUE}")
        private double minutes;

        @Option(
                names = "--seed",
                paramLabel = "<n>",
                description = "seed of all random choices; default: a random seed")
        private @Nullable Long seed;

        @Option(names = "--orders", paramLabel = "<n>", description = "default " + ORDERS_PER_MINUTE + " per minute")
        private @Nullable Long orders;

        @Option(names = "--kills", paramLabel = "<n>", description = "default " + KILLS_PER_MINUTE + " per minute")
        private @Nullable Integer kills;

        @Option(
                names = "--most-down",
                paramLabel = "<n>",
                defaultValue = MOST_DOWN,
                description = "how many processes may be down at the same time; 1 measures the recovery time of each; "
                        + "default ${DEFAULT-VALUE}")
        private int mostDown;

        @Mixin
        private LabFolder folder = new LabFolder();

        @Override
        public Integer call() throws IOException, InterruptedException {
            var plan = new TorturePlan(
                    seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
                    orders == null ? Math.round(minutes * ORDERS_PER_MINUTE) : orders,
                    0,
                    kills == null ? (int) Math.round(minutes * KILLS_PER_MINUTE) : kills,
                    Duration.ofMillis(Math.round(minutes * 60_000)),
                    mostDown,
                    TIMEOUT);
            System.out.printf(
                    "Torture with seed %d: %d orders and %d kills in %.1f minutes%n",
                    plan.seed(), plan.orders(), plan.kills(), minutes);
            TortureReport report = new Torture(plan, System.out).run(folder.home(), folder.path());
            System.out.println();
            folder.report("torture-orders", report);
            return report.isPassed() ? 0 : 1;
        }
    }
}
