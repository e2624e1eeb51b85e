package io.orderly.stack;

import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.ResidentMemory;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import io.orderly.stack.process.TakenPort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the whole system, shows what it does, and keeps it up. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Starts the whole system, places one order that is confirmed and one that is compensated, "
                + "prints their timelines and every URL, and stays up until Ctrl-C.")
class RunCommand implements Callable<Integer> {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    @Option(names = "--check", description = "stop everything afterwards; the exit code tells whether all went well")
    private boolean check;

    @Option(names = "--fresh", description = "delete all data of earlier runs first")
    private boolean fresh;

    @Option(
            names = "--data",
            paramLabel = "<folder>",
            description = "where everything is written to; default .orderly beside ./run")
    private @Nullable Path dataFolder;

    @Mixin
    private Ports ports = new Ports();

    private final PrintStream out = System.out;
    private volatile boolean ending;

    @Override
    public Integer call() throws InterruptedException {
        long begunNanos = System.nanoTime();
        Path home = Path.of(System.getProperty("orderly.home", ".")).toAbsolutePath();
        try (DataFolder data = DataFolder.take(dataFolder == null ? home.resolve(".orderly") : dataFolder)) {
            if (fresh) {
                data.empty();
            }
            out.printf("Orderly starts; its data and logs are in %s%n%n", data.root());
            Topology topology = new Topology(home, data, ports);
            List<ProcessPlan> plans = topology.processes();
            TakenPort.refuse(plans);
            Supervisor supervisor = new Supervisor(plans, data.processes(), new Progress());
            Thread end = new Thread(() -> end(supervisor), "end");
            Runtime.getRuntime().addShutdownHook(end);
            try {
                supervisor.start(START_TIMEOUT);
                Duration started = Duration.ofNanos(System.nanoTime() - begunNanos);
                out.printf("%nAll is up after %s%s%n", seconds(started), memory());
                prepareFasterStart(topology.programs());
                if (!check) {
                    out.println("\nCtrl-C ends it.");
                    Thread.currentThread().join();
                }
                return 0;
            } catch (ProcessFailure e) {
                if (ending) {
                    Thread.currentThread().join(); // being stopped is no failure; the hook has the last word
                }
                throw e;
            } finally {
                end(supervisor);
            }
        }
    }

    private void prepareFasterStart(ServicePrograms programs) {
        if (programs.canStartFaster()) {
            out.print("\nPreparing faster starts, once… ");
            try {
                programs.prepareFasterStart();
                out.println("done.");
            } catch (IOException e) {
                out.println(e.getMessage()); // it works all the same, only slower
            }
        }
    }

    private synchronized void end(Supervisor supervisor) {
        if (!ending) {
            ending = true;
            out.println("\nEnding…");
            supervisor.stop();
            out.println("All processes have ended.");
        }
    }

    private static String memory() {
        return ResidentMemory.ofThisAndAllBelow().stream()
                .mapToObj(bytes -> ", in %.1f GiB of memory".formatted(bytes / (double) (1 << 30)))
                .findFirst()
                .orElse("");
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    /** Tells what happens, a line each. */
    private final class Progress implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {
            out.printf(
                    "  %-18s ready after %7s   port %-5d  pid %d%n",
                    process.name(),
                    seconds(sinceStart),
                    process.plan().port(),
                    process.pid().orElse(-1));
        }

        @Override
        public void died(ManagedProcess process, String explanation) {
            out.printf("%n%s has ended unasked%s%n", process.name(), explanation);
        }
    }
}
