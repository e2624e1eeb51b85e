package io.orderly.lab.crash;

import io.orderly.contracts.Sku;
import io.orderly.lab.audit.Audit;
import io.orderly.lab.crash.CrashReport.CellResult;
import io.orderly.lab.evidence.PendingWork;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.InjectedFault;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.lab.load.Journal;
import io.orderly.lab.load.LoadGenerator;
import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.OrderMix;
import io.orderly.lab.load.Phase;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.lab.system.SystemPlan;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Crashes services under load: arms a crash point, waits for the crash and restarts the service. Two services at a
 * time, each at its own crash point, so one may be down while the other recovers. All crashes use the same system,
 * which is audited once at the end, when no work is pending.
 */
public final class CrashMatrix {

    /**
     * Crash points of the anti-patterns, which the saga does not pass; and of the owners of partitions, of which the first is passed without orders
     * too, and the second only when a deadline has passed.
     */
    private static final Set<String> LEFT_OUT = Set.of(
            "after-prepare-before-decision",
            "after-decision-before-send",
            "after-calls-before-order",
            "before-owner-transaction",
            "before-owner-commit");

    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PHASE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int CUSTOMERS = 500;
    private static final int MAX_PASSINGS = 4;
    private static final int CONCURRENT_CRASHES = 2;

    private final CrashPlan plan;
    private final PrintStream out;
    private final ExitListener exits = new ExitListener();

    /** @param out receives progress messages */
    public CrashMatrix(CrashPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * @param home the root of the repository, with all modules built
     * @param folder the folder for the system's data and the clients' journal
     */
    public CrashReport run(Path home, Path folder) throws IOException, InterruptedException {
        out.println("Starting a system");
        try (IsolatedSystem system = IsolatedSystem.start(
                        home,
                        folder,
                        exits,
                        SystemPlan.SIMPLE.withSettings(ShortLivedJvmSettings.with(FaultInjector.SETTINGS)));
                ProxiedLinks none = new ProxiedLinks(plan.seed());
                FaultInjector faults = new FaultInjector(system.processes(), none, folder::resolve)) {
            system.prepareFasterStarts();
            Path file = system.folder().resolve("journal");
            Files.deleteIfExists(file);
            try (Journal journal = Journal.begin(file);
                    LoadGenerator load = generator(system, journal)) {
                return run(system, faults, load, journal, file);
            } finally {
                exits.end();
            }
        }
    }

    private CrashReport run(IsolatedSystem system, FaultInjector faults, LoadGenerator load, Journal journal, Path file)
            throws IOException, InterruptedException {
        List<MatrixCell> cells = MatrixCell.all();
        List<String> unlisted = unlisted(faults, cells);
        long endNanos = System.nanoTime() + plan.time().toNanos();
        var queue = new CellQueue(cells, cells.subList(0, MatrixCell.COVER), () -> System.nanoTime() - endNanos >= 0);
        List<CellResult> tried = new ArrayList<>();
        var isDone = new AtomicBoolean();
        Thread loader = Thread.ofVirtual().name("load").start(() -> {
            try {
                while (!isDone.get()) {
                    load.run(new Phase("crash points", plan.ordersPerSecond(), PHASE));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<MatrixCell, Integer> passings = passings(cells);
            Callable<List<CellResult>> worker = () ->
                    queue.tryAll(cell -> crash(cell, Objects.requireNonNull(passings.get(cell)), system, faults, load));
            for (Future<List<CellResult>> each : workers.invokeAll(Collections.nCopies(CONCURRENT_CRASHES, worker))) {
                tried.addAll(each.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a crash could not be executed", e);
        } finally {
            isDone.set(true);
            loader.join();
        }
        out.println("No more orders; waiting until no work is pending");
        load.awaitIdle(plan.patience());
        PendingWork unfinished = PendingWork.awaitNone(system.sources(), plan.patience());
        journal.close();
        return new CrashReport(
                plan,
                tried,
                queue.left(),
                unlisted,
                exits.sudden(),
                unfinished.isEmpty() ? null : unfinished.toString(),
                Audit.of(system.sources().gather(Journal.read(file))));
    }

    private LoadGenerator generator(IsolatedSystem system, Journal journal) throws IOException, InterruptedException {
        List<Sku> products = system.api().products();
        var mix = new OrderMix("crash-" + plan.seed(), plan.seed(), products, CUSTOMERS, MixShares.EVERY_WAY);
        return new LoadGenerator(system.api(), mix, plan.seed(), journal, system.bootstrapServers(), CLIENT_TIMEOUT);
    }

    private static List<String> unlisted(FaultInjector faults, List<MatrixCell> cells) {
        List<String> unlisted = new ArrayList<>();
        for (String service : FaultInjector.SETTINGS.keySet()) {
            for (String point : faults.crashPoints(service)) {
                if (!LEFT_OUT.contains(point) && !cells.contains(new MatrixCell(service, point))) {
                    unlisted.add(service + " " + point);
                }
            }
        }
        return unlisted;
    }

    /** The passing of each cell's crash point at which the crash happens; the same for the same seed. */
    private Map<MatrixCell, Integer> passings(List<MatrixCell> cells) {
        var random = new SplittableRandom(plan.seed());
        Map<MatrixCell, Integer> passings = new HashMap<>();
        cells.forEach(cell -> passings.put(cell, 1 + random.nextInt(MAX_PASSINGS)));
        return passings;
    }

    private CellResult crash(
            MatrixCell cell, int passing, IsolatedSystem system, FaultInjector faults, LoadGenerator load)
            throws InterruptedException {
        ManagedProcess service = system.process(cell.service());
        exits.expect(cell.service());
        long armedNanos = System.nanoTime();
        InjectedFault crash = faults.inject(new Fault.Crash(cell.service(), cell.point(), passing));
        while (!crash.verifyTookEffect().tookEffect()) {
            if (System.nanoTime() - armedNanos > plan.patience().toNanos()) {
                crash.heal();
                exits.expectNoMore(cell.service());
                say("%s was not reached".formatted(cell));
                return new CellResult(cell, passing, load.inFlight(), null, null);
            }
            Thread.sleep(POLL);
        }
        long diedNanos = System.nanoTime();
        int inFlight = load.inFlight();
        exits.awaitExit(cell.service(), service);
        crash.heal();
        Duration died = Duration.ofNanos(diedNanos - armedNanos);
        Duration back = Duration.ofNanos(System.nanoTime() - diedNanos);
        say("%-62s crashed with %3d orders in flight, ready after %.1f s"
                .formatted(cell, inFlight, back.toMillis() / 1e3));
        return new CellResult(cell, passing, inFlight, died, service.pid().isPresent() ? back : null);
    }

    private void say(String line) {
        out.printf("%s  %s%n", LocalTime.now().truncatedTo(ChronoUnit.MILLIS), line);
    }

    /** Distinguishes requested crashes from unexpected exits. */
    private static final class ExitListener implements Supervisor.Listener {

        /** The exit code of a crash point. */
        private static final String EXIT_CODE = "(exit code 99)";

        private final Set<String> expected = ConcurrentHashMap.newKeySet();
        private final List<String> sudden = new CopyOnWriteArrayList<>();
        private volatile boolean ended;

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {
            boolean requested = expected.remove(process.name()) && explanation.contains(EXIT_CODE);
            if (!ended && !requested) {
                sudden.add(process.name() + " exited unexpectedly" + explanation);
            }
        }

        void expect(String service) {
            expected.add(service);
        }

        void expectNoMore(String service) {
            expected.remove(service);
        }

        /** Waits until this listener is notified of an exit that was already observed otherwise. */
        void awaitExit(String service, ManagedProcess process) throws InterruptedException {
            while (expected.contains(service) || process.pid().isPresent()) {
                Thread.sleep(POLL);
            }
        }

        List<String> sudden() {
            return List.copyOf(sudden);
        }

        void end() {
            ended = true;
        }
    }
}
