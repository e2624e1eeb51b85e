package io.orderly.stack;

import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import io.orderly.stack.process.PortCheck;
import io.orderly.stack.order.OrderClient;
import io.orderly.stack.order.PlacedOrder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code ./run}: starts the system, places two orders, and keeps the system running. */
@Command(
        name = "./run",
        mixinStandardHelpOptions = true,
        description = "Starts the whole system, places an order that is confirmed and an order that is compensated, "
                + "prints their timelines and the URLs of the services, and runs until Ctrl-C.")
public final class StackApplication implements Callable<Integer> {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(6);
    private static final Duration ORDER_TIMEOUT = Duration.ofMinutes(1);

    /** A product in the initial catalogue, with ample stock. */
    private static final String PRODUCT = "PENCIL-HB";

    private static final String CUSTOMER = "ada";

    /** The payment stub declines this customer. */
    private static final String CUSTOMER_WITHOUT_FUNDS = "broke";

    @Option(
            names = "--check",
            description = "stop the system afterwards; the exit code is 0 if both orders had the expected outcome")
    private boolean check;

    @Option(names = "--data", paramLabel = "<folder>", description = "data folder; default .orderly next to ./run")
    private @Nullable Path dataFolder;

    @Mixin
    private Ports ports = new Ports();

    private final PrintStream out = System.out;
    private boolean stopped;

    private StackApplication() {}

    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new StackApplication());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof ProcessFailure) {
                System.err.println("\n" + failure.getMessage());
            } else {
                failure.printStackTrace();
            }
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        System.exit(commandLine.execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        Path home = Path.of(System.getProperty("orderly.home", ".")).toAbsolutePath();
        try (DataFolder data = DataFolder.take(dataFolder == null ? home.resolve(".orderly") : dataFolder)) {
            out.printf("Starting Orderly; data and logs are in %s%n%n", data.root());
            List<ProcessPlan> plans = new Topology(home, data, ports).processes();
            PortCheck.requireFree(plans);
            Supervisor supervisor = new Supervisor(plans, data.processes(), new Progress());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor), "stop"));
            try {
                supervisor.start(START_TIMEOUT);
                OrderClient orders = new OrderClient(Topology.url(ports.order), ORDER_TIMEOUT);
                show(orders.place(CUSTOMER, PRODUCT), "CONFIRMED");
                show(orders.place(CUSTOMER_WITHOUT_FUNDS, PRODUCT), "REJECTED");
                out.printf(
                        "%norder-service      %s/orders%ninventory-service  %s/products%n",
                        Topology.url(ports.order), Topology.url(ports.inventory));
                if (!check) {
                    out.println("\nRunning; press Ctrl-C to stop.");
                    Thread.currentThread().join();
                }
                return 0;
            } finally {
                stop(supervisor);
            }
        }
    }

    private void show(PlacedOrder order, String expectedStatus) {
        out.printf("%n%s", order.timeline());
        if (!order.status().equals(expectedStatus)) {
            throw new ProcessFailure("the expected status is " + expectedStatus);
        }
    }

    private synchronized void stop(Supervisor supervisor) {
        if (!stopped) {
            stopped = true;
            out.println("\nStopping…");
            supervisor.stop();
            out.println("All processes have stopped.");
        }
    }

    /** Prints a line for each event. */
    private final class Progress implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {
            out.printf(
                    "  %-18s ready after %5.1f s   port %d%n",
                    process.name(),
                    sinceStart.toMillis() / 1000.0,
                    process.plan().port());
        }

        @Override
        public void died(ManagedProcess process, String explanation) {
            out.printf("%n%s exited unexpectedly%s%n", process.name(), explanation);
        }
    }
}
