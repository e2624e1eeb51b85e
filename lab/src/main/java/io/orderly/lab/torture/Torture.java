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

/**
 * Starts a system, kills its processes under load according to a plan, waits until no work is pending, and audits the
 * result.
 */
public final class Torture {

    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration EXTENSION = Duration.ofSeconds(2);

    /** Enough to keep orders in flight, with little extra load on a system that works off a backlog. */
    private static final double ORDERS_PER_SECOND_OF_EXTENSION = 1;

    private static final int CUSTOMERS = 500;

    private final TorturePlan plan;
    private final PrintStream out;

    /** @param out receives progress messages */
    public Torture(TorturePlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * @param home the root of the repository, with all modules built
     * @param folder the folder for the system's data and the clients' journal
     */
    public TortureReport run(Path home, Path folder) throws IOException, InterruptedException {
        var restarter = new ProcessRestarter();
        out.println("Starting a system");
        try (IsolatedSystem system =
                IsolatedSystem.start(home, folder, restarter, ShortLivedJvmSettings.with(Map.of()))) {
            out.printf("The system is ready; its data and logs are in %s%n", system.folder());
            system.prepareFasterStarts();
            Path file = system.folder().resolve("journal");
            Files.deleteIfExists(file);
            try (Journal journal = Journal.begin(file);
                    LoadGenerator load = generator(system, journal);
                    FirstMessageDetector firstMessages = new FirstMessageDetector(system.bootstrapServers())) {
                return run(system, restarter, firstMessages, load, journal, file);
            } finally {
                restarter.stopRestarting();
            }
        }
    }

    private TortureReport run(
            IsolatedSystem system,
            ProcessRestarter restarter,
            FirstMessageDetector firstMessages,
            LoadGenerator load,
            Journal journal,
            Path file)
            throws IOException, InterruptedException {
        var processKiller = new ProcessKiller(restarter, firstMessages, load::inFlight, plan.mostDown(), out);
        List<LoadGenerator.PhaseRun> runs = placeOrdersDuring(load, () -> {
            List<String> names =
                    system.processes().stream().map(ManagedProcess::name).toList();
            processKiller.execute(KillSchedule.of(plan.seed(), plan.kills(), plan.time(), names));
            restarter.awaitAllUp(plan.patience());
        });
        long lastOrderNanos = System.nanoTime();
        PendingWork unfinished = drain(system, load);
        Duration timeToRest = Duration.ofNanos(System.nanoTime() - lastOrderNanos);
        journal.close();
        AuditReport audit = Audit.of(system.sources().gather(Journal.read(file)));
        List<PhaseResult> results =
                runs.stream().map(LoadGenerator.PhaseRun::result).toList();
        return new TortureReport(
                plan,
                results,
                processKiller.deaths(),
                restarter.failedStarts(),
                restarter.suddenDeaths(),
                timeToRest,
                unfinished.isEmpty() ? null : unfinished.toString(),
                audit);
    }

    private LoadGenerator generator(IsolatedSystem system, Journal journal) throws IOException, InterruptedException {
        List<Sku> products = system.api().products();
        var mix = new OrderMix("torture-" + plan.seed(), plan.seed(), products, CUSTOMERS, MixShares.EVERY_WAY);
        return new LoadGenerator(system.api(), mix, plan.seed(), journal, system.bootstrapServers(), CLIENT_TIMEOUT);
    }

    /** Places orders until all kills are done, so that no process is killed in an idle system, and enough are acknowledged. */
    private List<LoadGenerator.PhaseRun> placeOrdersDuring(LoadGenerator load, Killing killing)
            throws InterruptedException {
        CompletableFuture<Void> killed = new CompletableFuture<>();
        Thread.ofVirtual().name("process killer").start(() -> {
            try {
                killing.run();
                killed.complete(null);
            } catch (InterruptedException | RuntimeException e) {
                killed.completeExceptionally(e);
            }
        });
        List<LoadGenerator.PhaseRun> runs = new ArrayList<>();
        runs.add(load.run(new Phase("torture", plan.ordersPerSecond(), plan.time())));
        while (!killed.isDone()) {
            runs.add(load.run(new Phase("torture extension", ORDERS_PER_SECOND_OF_EXTENSION, EXTENSION)));
        }
        killed.join();
        long giveUpNanos = System.nanoTime() + plan.patience().toNanos();
        while (acknowledged(runs) < plan.leastAcknowledged() && System.nanoTime() - giveUpNanos < 0) {
            runs.add(load.run(new Phase("torture extension", plan.ordersPerSecond(), EXTENSION)));
        }
        return runs;
    }

    private static long acknowledged(List<LoadGenerator.PhaseRun> runs) {
        return runs.stream().mapToLong(run -> run.result().accepted()).sum();
    }

    @FunctionalInterface
    private interface Killing {

        void run() throws InterruptedException;
    }

    /** Waits until no work is pending, or the timeout expires. */
    private PendingWork drain(IsolatedSystem system, LoadGenerator load) throws InterruptedException {
        out.println("No more orders; waiting until no work is pending");
        load.awaitIdle(plan.patience());
        return PendingWork.awaitNone(system.sources(), plan.patience());
    }
}
