package io.orderly.lab.torture;

import io.orderly.lab.system.LabFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills processes while they work, and looks for what was lost. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description = "Kills processes without warning while they work, and looks for what was lost.",
        subcommands = TortureCommand.Orders.class)
public final class TortureCommand {

    /** The order system. */
    @Command(
            name = "orders",
            mixinStandardHelpOptions = true,
            description =
                    "Starts a system of its own, beside any other, places orders, and kills each of its processes "
                            + "again and again. Then audits databases, topics and the payment provider's book against what "
                            + "clients were told. Exits with 0 if nothing is amiss.")
    static final class Orders implements Callable<Integer> {

        private static final int KILLS_PER_MINUTE = 4;
        private static final int ORDERS_PER_MINUTE = 600;
        private static final String MOST_DOWN = "2";
        private static final Duration PATIENCE = Duration.ofMinutes(5);

        @Option(names = "--minutes", paramLabel = "<n>", defaultValue = "10", description = "default ${DEFAULT-VALUE}")
        private double minutes;

        @Option(names = "--seed", paramLabel = "<n>", description = "of everything that is random; default: a new one")
        private @Nullable Long seed;

        @Option(names = "--orders", paramLabel = "<n>", description = "default " + ORDERS_PER_MINUTE + " a minute")
        private @Nullable Long orders;

        @Option(names = "--kills", paramLabel = "<n>", description = "default " + KILLS_PER_MINUTE + " a minute")
        private @Nullable Integer kills;

        @Option(
                names = "--most-down",
                paramLabel = "<n>",
                defaultValue = MOST_DOWN,
                description = "how many may be away at the same time; 1 shows how long each takes to come back; "
                        + "default ${DEFAULT-VALUE}")
        private int mostDown;

        @Mixin
        private LabFolder folder = new LabFolder();

        @Override
        public Integer call() throws IOException, InterruptedException {
            var plan = new TorturePlan(
                    seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
                    orders == null ? Math.round(minutes * ORDERS_PER_MINUTE) : orders,
                    kills == null ? (int) Math.round(minutes * KILLS_PER_MINUTE) : kills,
                    Duration.ofMillis(Math.round(minutes * 60_000)),
                    mostDown,
                    PATIENCE);
            System.out.printf(
                    "Torture with seed %d: %d orders and %d kills in %.1f minutes%n",
                    plan.seed(), plan.orders(), plan.kills(), minutes);
            TortureReport verdict = new Torture(plan, System.out).run(folder.home(), folder.path());
            System.out.println();
            folder.report("torture-orders", verdict);
            return verdict.isPassed() ? 0 : 1;
        }
    }
}
