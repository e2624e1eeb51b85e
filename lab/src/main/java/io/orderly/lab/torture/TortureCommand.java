package io.orderly.lab.torture;

import io.orderly.lab.system.LabFolder;
import io.orderly.lab.torture.TorturePlan.Faults;
import io.orderly.lab.torture.coordinator.CoordinatorTortureCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code ./run torture}: injects faults under load, and checks that nothing was lost. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description = "Injects faults under load, and checks that nothing was lost.",
        subcommands = {TortureCommand.Orders.class, CoordinatorTortureCommand.class})
public final class TortureCommand {

    /** Torture of the order system. */
    @Command(
            name = "orders",
            mixinStandardHelpOptions = true,
            description =
                    "Starts a separate system with coordinators, places orders at half of the rate that it holds, and injects "
                            + "faults of all kinds, up to three at once. Then audits the databases, the topics and the payment provider's "
                            + "book against the clients' journal. Exits with 0 if there is no violation.")
    static final class Orders implements Callable<Integer> {

        private static final int KILLS_PER_MINUTE = 4;
        private static final int ORDERS_PER_MINUTE_WITH_KILLS = 600;
        private static final String MOST_DOWN = "2";
        private static final Duration TIMEOUT = Duration.ofMinutes(5);

        @Option(names = "--minutes", paramLabel = "<n>", defaultValue = "10", description = "default ${DEFAULT-VALUE}")
        private double minutes;

        @Option(
                names = "--seed",
                paramLabel = "<n>",
                description =
                        "seed of the orders and the faults: the same seed and duration give the same faults; default: a random seed")
        private @Nullable Long seed;

        @Option(
                names = "--orders",
                paramLabel = "<n>",
                description = "how many; default: half of the rate that the system holds, which is measured first")
        private @Nullable Long orders;

        @Option(
                names = "--only-kills",
                description = "only kill processes of a system without coordinators, with "
                        + ORDERS_PER_MINUTE_WITH_KILLS + " orders per minute by default")
        private boolean onlyKills;

        @Option(
                names = "--kills",
                paramLabel = "<n>",
                description = "with --only-kills; default " + KILLS_PER_MINUTE + " per minute")
        private @Nullable Integer kills;

        @Option(
                names = "--most-down",
                paramLabel = "<n>",
                defaultValue = MOST_DOWN,
                description =
                        "with --only-kills: how many processes may be down at the same time; 1 measures the recovery time of "
                                + "each; default ${DEFAULT-VALUE}")
        private int mostDown;

        @Mixin
        private LabFolder folder = new LabFolder();

        @Override
        public Integer call() throws IOException, InterruptedException {
            Faults faults = onlyKills
                    ? new Faults.Kills(kills == null ? (int) Math.round(minutes * KILLS_PER_MINUTE) : kills, mostDown)
                    : new Faults.Nemesis();
            var plan = new TorturePlan(
                    seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
                    ordersPerSecond(),
                    0,
                    faults,
                    Duration.ofMillis(Math.round(minutes * 60_000)),
                    TIMEOUT);
            System.out.printf("Torture with seed %d for %.1f minutes%n", plan.seed(), minutes);
            TortureReport report = new Torture(plan, System.out).run(folder.home(), folder.path());
            System.out.println();
            folder.report("torture-orders", report);
            return report.isPassed() ? 0 : 1;
        }

        private @Nullable Double ordersPerSecond() {
            if (orders != null) {
                return orders / (minutes * 60);
            }
            return onlyKills ? ORDERS_PER_MINUTE_WITH_KILLS / 60.0 : null;
        }
    }
}
