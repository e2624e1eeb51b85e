package io.orderly.lab.torture;

import io.orderly.contracts.Sku;
import io.orderly.lab.audit.Audit;
import io.orderly.lab.audit.AuditReport;
import io.orderly.lab.evidence.PendingWork;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.lab.load.Journal;
import io.orderly.lab.load.LoadGenerator;
import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.OrderMix;
import io.orderly.lab.load.Phase;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.lab.system.SystemPlan;
import io.orderly.lab.torture.TorturePlan.Faults;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts a system, injects faults under load according to a plan, waits until no work is pending, and audits the result.
 */
public final class Torture {

    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration EXTENSION = Duration.ofSeconds(2);

    /** Enough to keep orders in flight, with little extra load on a system that works off a backlog. */
    private static final double ORDERS_PER_SECOND_OF_EXTENSION = 1;

    private static final int CUSTOMERS = 500;

    private static final Duration SHORTEST_WARM_UP = Duration.ofSeconds(10);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);

    /** A long run warms up for longer, since a cold system holds a fraction of the rate. */
    private static final int WARM_UPS_IN_A_RUN = 10;

    private static final Duration MEASUREMENT = Duration.ofSeconds(15);
    private static final int IN_FLIGHT_DURING_MEASUREMENT = 64;

    /** The provider keeps its book in memory, which has room for 200,000 payments. */
    private static final double MOST_ORDERS = 150_000;

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
        try (ProxiedLinks links = new ProxiedLinks(plan.seed());
                IsolatedSystem system = IsolatedSystem.start(home, folder, restarter, systemPlan(links));
                FaultInjector faults = new FaultInjector(system.processes(), links, system.folder()::resolve)) {
            out.printf("The system is ready; its data and logs are in %s%n", system.folder());
            system.prepareFasterStarts();
            Path file = system.folder().resolve("journal");
            Files.deleteIfExists(file);
            try (Journal journal = Journal.begin(file);
                    LoadGenerator load = generator(system, journal);
                    FirstMessageDetector firstMessages = new FirstMessageDetector(system.bootstrapServers())) {
                var killer = new ProcessKiller(restarter, firstMessages, load::inFlight, mostDown(), out);
                var nemesis = new Nemesis(faults, killer, restarter, plan.patience(), out);
                return run(system, restarter, killer, nemesis, load, journal, file);
            } finally {
                restarter.stopRestarting();
            }
        }
    }

    private SystemPlan systemPlan(ProxiedLinks links) {
        return switch (plan.faults()) {
            case Faults.Kills _ -> SystemPlan.SIMPLE.withSettings(ShortLivedJvmSettings.with(Map.of()));
            case Faults.Nemesis _ ->
                SystemPlan.SIMPLE
                        .withImpairableCoordinators()
                        .withLinks(links)
                        .withSettings(ShortLivedJvmSettings.with(FaultInjector.SETTINGS));
        };
    }

    private int mostDown() {
        return switch (plan.faults()) {
            case Faults.Kills(int _, int mostDown) -> mostDown;
            case Faults.Nemesis _ -> NemesisSchedule.MOST_AT_ONCE;
        };
    }

    private TortureReport run(
            IsolatedSystem system,
            ProcessRestarter restarter,
            ProcessKiller killer,
            Nemesis nemesis,
            LoadGenerator load,
            Journal journal,
            Path file)
            throws IOException, InterruptedException {
        FaultPhase faults = switch (plan.faults()) {
            case Faults.Kills(int kills, int _) -> {
                KillSchedule schedule = KillSchedule.of(plan.seed(), kills, plan.time(), names(system));
                yield () -> killer.execute(schedule);
            }
            case Faults.Nemesis _ -> {
                NemesisSchedule schedule = NemesisSchedule.of(plan.seed(), plan.time());
                keep(schedule, system.folder());
                yield () -> nemesis.execute(schedule);
            }
        };
        List<LoadGenerator.PhaseRun> runs = new ArrayList<>();
        double ordersPerSecond = ordersPerSecond(load, runs);
        placeOrdersDuring(load, ordersPerSecond, runs, () -> {
            faults.execute();
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
                ordersPerSecond,
                results,
                nemesis.outcomes(),
                killer.deaths(),
                restarter.failedStarts(),
                restarter.suddenDeaths(),
                timeToRest,
                unfinished.isEmpty() ? null : unfinished.toString(),
                audit);
    }

    private static List<String> names(IsolatedSystem system) {
        return system.processes().stream().map(ManagedProcess::name).toList();
    }

    /** Prints the schedule, and writes it to a file next to the journal before the first fault. */
    private void keep(NemesisSchedule schedule, Path folder) throws IOException {
        out.printf(
                "%d faults, which seed %d and %.1f min determine:%n%s",
                schedule.faults().size(), plan.seed(), plan.time().toMillis() / 60e3, schedule);
        Files.write(
                folder.resolve("schedule.json"),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(schedule));
    }

    /** The rate of orders: the planned one, or half of the rate that the system holds without faults. */
    private double ordersPerSecond(LoadGenerator load, List<LoadGenerator.PhaseRun> runs) throws InterruptedException {
        Double planned = plan.ordersPerSecond();
        if (planned != null) {
            return planned;
        }
        Duration warmUp = warmUp();
        out.printf(
                "Measuring the rate that the system holds, for %d s%n",
                warmUp.plus(MEASUREMENT).toSeconds());
        runs.add(load.runInFlight(new Phase("warm-up", 0, warmUp), IN_FLIGHT_DURING_MEASUREMENT));
        LoadGenerator.PhaseRun measured =
                load.runInFlight(new Phase("measurement", 0, MEASUREMENT), IN_FLIGHT_DURING_MEASUREMENT);
        runs.add(measured);
        double held = measured.result().endedPerSecond();
        double half = Math.clamp(
                held / 2, 1, Math.max(1, MOST_ORDERS * 1_000 / plan.time().toMillis()));
        out.printf("It holds %.0f orders/s; during the faults there are %.0f orders/s%n", held, half);
        return half;
    }

    private Duration warmUp() {
        Duration part = plan.time().dividedBy(WARM_UPS_IN_A_RUN);
        return Duration.ofMillis(Math.clamp(part.toMillis(), SHORTEST_WARM_UP.toMillis(), LONGEST_WARM_UP.toMillis()));
    }

    private LoadGenerator generator(IsolatedSystem system, Journal journal) throws IOException, InterruptedException {
        List<Sku> products = system.api().products();
        var mix = new OrderMix("torture-" + plan.seed(), plan.seed(), products, CUSTOMERS, MixShares.EVERY_WAY);
        return new LoadGenerator(system.api(), mix, plan.seed(), journal, system.bootstrapServers(), CLIENT_TIMEOUT);
    }

    /** Places orders until all faults have ended, so that none affects an idle system, and enough are acknowledged. */
    private void placeOrdersDuring(
            LoadGenerator load, double ordersPerSecond, List<LoadGenerator.PhaseRun> runs, FaultPhase faults)
            throws InterruptedException {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread.ofVirtual().name("faults").start(() -> {
            try {
                faults.execute();
                ended.complete(null);
            } catch (InterruptedException | RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
        runs.add(load.run(new Phase("torture", ordersPerSecond, plan.time())));
        while (!ended.isDone()) {
            runs.add(load.run(new Phase("torture extension", ORDERS_PER_SECOND_OF_EXTENSION, EXTENSION)));
        }
        ended.join();
        long giveUpNanos = System.nanoTime() + plan.patience().toNanos();
        while (acknowledged(runs) < plan.leastAcknowledged() && System.nanoTime() - giveUpNanos < 0) {
            runs.add(load.run(new Phase("torture extension", ordersPerSecond, EXTENSION)));
        }
    }

    private static long acknowledged(List<LoadGenerator.PhaseRun> runs) {
        return runs.stream().mapToLong(run -> run.result().accepted()).sum();
    }

    @FunctionalInterface
    private interface FaultPhase {

        void execute() throws InterruptedException;
    }

    /** Waits until no work is pending, or the timeout expires. */
    private PendingWork drain(IsolatedSystem system, LoadGenerator load) throws InterruptedException {
        out.println("No more orders; waiting until no work is pending");
        load.awaitIdle(plan.patience());
        return PendingWork.awaitNone(system.sources(), plan.patience());
    }
}
