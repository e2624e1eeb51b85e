package io.orderly.lab.torture;

import io.orderly.contracts.Sku;
import io.orderly.lab.audit.Audit;
import io.orderly.lab.audit.AuditReport;
import io.orderly.lab.evidence.PendingWork;
import io.orderly.lab.load.Journal;
import io.orderly.lab.load.LoadGenerator;
import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.OrderMix;
import io.orderly.lab.load.Phase;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.stack.process.ManagedProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Starts a system, tortures it according to a plan, lets it come to rest, and audits what is left. */
public final class Torture {

    private static final Duration CLIENTS_PATIENCE = Duration.ofSeconds(60);
    private static final Duration EXTENSION = Duration.ofSeconds(2);

    /** Enough for somebody to be at work, and little to a system that has a lot to catch up with. */
    private static final double ORDERS_PER_SECOND_OF_EXTENSION = 1;

    private static final int CUSTOMERS = 500;

    private final TorturePlan plan;
    private final PrintStream out;

    /** @param out where progress is told */
    public Torture(TorturePlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * @param home the root of the repository, where everything is built
     * @param folder for the system's data, and the journal of its clients
     */
    public TortureReport run(Path home, Path folder) throws IOException, InterruptedException {
        var keeper = new ProcessRestarter();
        out.println("Starting a system");
        try (IsolatedSystem system = IsolatedSystem.start(home, folder, keeper, ShortLivedJvmSettings.with(Map.of()))) {
            out.printf("The system is up; its data and logs are in %s%n", system.folder());
            system.prepareFasterStarts();
            Path file = system.folder().resolve("journal");
            Files.deleteIfExists(file);
            try (Journal journal = Journal.begin(file);
                    LoadGenerator load = generator(system, journal);
                    FirstMessageDetector signs = new FirstMessageDetector(system.bootstrapServers())) {
                return run(system, keeper, signs, load, journal, file);
            } finally {
                keeper.end();
            }
        }
    }

    private TortureReport run(
            IsolatedSystem system,
            ProcessRestarter keeper,
            FirstMessageDetector signs,
            LoadGenerator load,
            Journal journal,
            Path file)
            throws IOException, InterruptedException {
        var executioner = new ProcessKiller(keeper, signs, load::inFlight, plan.mostDown(), out);
        List<LoadGenerator.Run> runs = placeOrdersWhile(load, () -> {
            List<String> names =
                    system.processes().stream().map(ManagedProcess::name).toList();
            executioner.carryOut(KillSchedule.of(plan.seed(), plan.kills(), plan.time(), names));
            keeper.awaitAllUp(plan.patience());
        });
        long lastOrderNanos = System.nanoTime();
        PendingWork unfinished = rest(system, load);
        Duration timeToRest = Duration.ofNanos(System.nanoTime() - lastOrderNanos);
        journal.close();
        AuditReport audit = Audit.of(system.sources().gather(Journal.read(file)));
        List<PhaseResult> results = runs.stream().map(LoadGenerator.Run::result).toList();
        return new TortureReport(
                plan,
                results,
                executioner.deaths(),
                keeper.failedStarts(),
                keeper.suddenDeaths(),
                timeToRest,
                unfinished.isEmpty() ? null : unfinished.toString(),
                audit);
    }

    private LoadGenerator generator(IsolatedSystem system, Journal journal) throws IOException, InterruptedException {
        List<Sku> products = system.api().products();
        var mix = new OrderMix("torture-" + plan.seed(), plan.seed(), products, CUSTOMERS, MixShares.EVERY_WAY);
        return new LoadGenerator(system.api(), mix, plan.seed(), journal, system.bootstrapServers(), CLIENTS_PATIENCE);
    }

    /** Goes on placing orders for as long as it takes: nobody should be killed in an idle system. */
    private List<LoadGenerator.Run> placeOrdersWhile(LoadGenerator load, Killing killing) throws InterruptedException {
        CompletableFuture<Void> killed = new CompletableFuture<>();
        Thread.ofVirtual().name("executioner").start(() -> {
            try {
                killing.run();
                killed.complete(null);
            } catch (InterruptedException | RuntimeException e) {
                killed.completeExceptionally(e);
            }
        });
        List<LoadGenerator.Run> runs = new ArrayList<>();
        runs.add(load.run(new Phase("torture", plan.ordersPerSecond(), plan.time())));
        while (!killed.isDone()) {
            runs.add(load.run(new Phase("torture goes on", ORDERS_PER_SECOND_OF_EXTENSION, EXTENSION)));
        }
        killed.join();
        return runs;
    }

    @FunctionalInterface
    private interface Killing {

        void run() throws InterruptedException;
    }

    /** Waits until nothing is left to do, twice in a row, or patience ends. */
    private PendingWork rest(IsolatedSystem system, LoadGenerator load) throws InterruptedException {
        out.println("No more orders; waiting for the system to come to rest");
        load.awaitIdle(plan.patience());
        return PendingWork.awaitNone(system.sources(), plan.patience());
    }
}
