package io.orderly.lab.bench;

import io.orderly.contracts.Sku;
import io.orderly.lab.bench.BenchReport.ProcessCost;
import io.orderly.lab.bench.BenchReport.Trial;
import io.orderly.lab.bench.stall.AcceptanceTimes;
import io.orderly.lab.bench.stall.Occurrence;
import io.orderly.lab.bench.stall.StallDiagnosis;
import io.orderly.lab.bench.stall.StallMonitor;
import io.orderly.lab.load.Journal;
import io.orderly.lab.load.LoadGenerator;
import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.OrderMix;
import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.Phase;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.load.RetryPolicy;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Benchmark of the order system, with all processes on one machine. */
final class OrderBench {

    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofMinutes(2);
    private static final int CUSTOMERS = 2_000;
    private static final int MANY_CLIENTS = 32;
    private static final double LOWEST_RATE = 1;

    /**
     * Enough to keep every component busy. A fixed rate could be too high for a cold system, or too low for a warm
     * system.
     */
    private static final int IN_FLIGHT_AT_WARM_UP = 100;

    private static final double MEASURED_SHARE = 0.7;
    private static final RateSearch SEARCH = new RateSearch(1.5, 0.06);

    /**
     * A rate is sustained only if at least this share of the orders sent during the trial is completed during the
     * trial.
     */
    private static final double SUSTAINED_SHARE = 0.95;

    /** A rate is sustained only if the orders in flight at the end correspond to at most this time. */
    private static final double MAX_IN_FLIGHT_SECONDS = 1;

    private static final double MAX_LATENESS_MILLIS = 100;

    private final BenchPlan plan;
    private final PrintStream out;

    OrderBench(BenchPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    BenchReport run(Path home, Path folder) throws IOException, InterruptedException {
        Path pgbench = Pgbench.find();
        long beganNanos = System.nanoTime();
        try (IsolatedSystem system = IsolatedSystem.start(home, folder, new Progress(), plan.system())) {
            Path file = system.folder().resolve("journal");
            Files.deleteIfExists(file);
            var acceptance = new AcceptanceTimes(Targets.ACCEPTANCE);
            try (Journal journal = Journal.begin(file);
                    LoadGenerator load = generator(system, journal, acceptance)) {
                return run(
                        system, load, acceptance, new Pgbench(pgbench, system.createDatabase("pgbench")), beganNanos);
            }
        }
    }

    private BenchReport run(
            IsolatedSystem system, LoadGenerator load, AcceptanceTimes acceptance, Pgbench pgbench, long beganNanos)
            throws IOException, InterruptedException {
        double secondsToFirstOrder = secondsToFirstOrder(load, beganNanos);
        long memoryAfterStart = systemUsage(system).values().stream()
                .mapToLong(ProcessUsage::memoryBytes)
                .sum();
        plan.commitDelay().set(system.administration());
        Map<String, String> durability = DurabilitySettings.of(system.database("orders"), system.bootstrapServers());

        say("Yardstick: pgbench -N, %d s each for 1 and %d clients", plan.yardstickSeconds(), MANY_CLIENTS);
        pgbench.prepare();
        Pgbench.Result oneClient = pgbench.measure(1, plan.yardstickSeconds());
        Pgbench.Result manyClients = pgbench.measure(MANY_CLIENTS, plan.yardstickSeconds());

        try (StallMonitor watch = StallMonitor.prepare(system);
                ConsolePages pages = ConsolePages.open(system, plan.consolePages())) {
            warmUp(load);
            say("Alone: %d sequential orders", plan.ordersAlone());
            PhaseResult alone = load.runOneByOne("alone", plan.ordersAlone()).result();
            LatencyFloor floor = floor(system);

            List<Trial> trials = new ArrayList<>();
            double highest = plan.rate() > 0 ? plan.rate() : highestRate(load, trials);
            double rate = plan.rate() > 0 ? plan.rate() : highest * MEASURED_SHARE;
            say("Measuring at %.0f orders/s for %d s", rate, plan.measuring().toSeconds());
            DatabaseWork workBefore = DatabaseWork.on(system.database("orders"));
            Map<String, ProcessUsage> before = usage(system);
            acceptance.clear();
            watch.begin();
            LoadGenerator.PhaseRun run = load.run(new Phase("measured", rate, plan.measuring()));
            Map<String, ProcessUsage> after = usage(system);
            DatabaseWork work = DatabaseWork.on(system.database("orders")).since(workBefore);
            awaitIdle(load);
            PhaseResult measured = run.result();
            List<Occurrence> occurrences = new ArrayList<>(watch.end());
            occurrences.addAll(acceptance.lateRequests());
            return new BenchReport(
                    Instant.now(),
                    Runtime.getRuntime().availableProcessors(),
                    plan.instances(),
                    pages.following(),
                    durability,
                    oneClient,
                    manyClients,
                    secondsToFirstOrder,
                    memoryAfterStart,
                    trials,
                    highest,
                    measured,
                    alone,
                    floor,
                    costs(before, after, measured),
                    work,
                    Targets.of(
                            secondsToFirstOrder,
                            memoryAfterStart,
                            highest,
                            measured,
                            alone,
                            floor,
                            oneClient,
                            manyClients),
                    StallDiagnosis.of(acceptance.seconds(), occurrences, Targets.ACCEPTANCE),
                    validityProblems(measured));
        }
    }

    private void warmUp(LoadGenerator load) throws InterruptedException {
        say(
                "Warm-up: %d orders in flight for %d s",
                IN_FLIGHT_AT_WARM_UP, plan.warmUp().toSeconds());
        LoadGenerator.PhaseRun warmUp = load.runInFlight(new Phase("warm-up", 0, plan.warmUp()), IN_FLIGHT_AT_WARM_UP);
        awaitIdle(load);
        say("  %.0f/s completed on average", warmUp.result().endedPerSecond());
    }

    private LatencyFloor floor(IsolatedSystem system) throws IOException, InterruptedException {
        say("Floor of an order alone: %d passes", plan.ordersAlone());
        try (var probe = new LatencyFloorProbe(
                system.bootstrapServers(), system.createDatabase("floor"), system.url(Topology.PROVIDER))) {
            return probe.measure(plan.ordersAlone());
        } catch (SQLException e) {
            throw new IllegalStateException("the floor cannot be measured", e);
        }
    }

    /** Checks whether the load was as planned; otherwise the measurement is not valid. */
    private static List<String> validityProblems(PhaseResult measured) {
        List<String> validityProblems = new ArrayList<>();
        if (measured.lateness().p99Millis() > MAX_LATENESS_MILLIS) {
            validityProblems.add(text(
                    "requests were sent %.0f ms late at p99",
                    measured.lateness().p99Millis()));
        }
        if (measured.endedMeanwhile() < SUSTAINED_SHARE * measured.sent()) {
            validityProblems.add(text("only %.1f orders/s were completed", measured.endedPerSecond()));
        }
        if (measured.unanswered() + measured.repeated() > 0) {
            validityProblems.add("%d requests failed with no response or a transient error, and were retried"
                    .formatted(measured.repeated()));
        }
        return validityProblems;
    }

    private LoadGenerator generator(IsolatedSystem system, Journal journal, AcceptanceTimes acceptance)
            throws IOException, InterruptedException {
        List<Sku> products = system.api().products();
        var mix = new OrderMix("bench-" + plan.seed(), plan.seed(), products, CUSTOMERS, MixShares.ALL_ORDINARY);
        return new LoadGenerator(
                system.api(),
                system.api(),
                acceptance,
                mix,
                plan.seed(),
                journal,
                system.bootstrapServers(),
                CLIENT_TIMEOUT,
                RetryPolicy.DEFAULT);
    }

    /** The order-service rejects orders until it has received the product catalogue. */
    private static double secondsToFirstOrder(LoadGenerator load, long beganNanos) throws InterruptedException {
        while (load.runOneByOne("first", 1).result().outcomes().get(OrderOutcome.CONFIRMED) == 0) {
            if (System.nanoTime() - beganNanos > DRAIN.toNanos()) {
                throw new ProcessFailure("no order was confirmed");
            }
        }
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    /**
     * A rate that is not sustained is tried a second time, because JIT compilation or caches may not have been warm.
     */
    private double highestRate(LoadGenerator load, List<Trial> trials) throws InterruptedException {
        double highest = SEARCH.highestSustained(
                plan.firstRate(),
                LOWEST_RATE,
                rate -> isSustained(load, rate, trials) || isSustained(load, rate, trials));
        if (highest == 0) {
            throw new ProcessFailure("not even %.0f orders/s are sustained".formatted(LOWEST_RATE));
        }
        return highest;
    }

    private boolean isSustained(LoadGenerator load, double rate, List<Trial> trials) throws InterruptedException {
        PhaseResult result = load.run(new Phase("trial", rate, plan.trial())).result();
        boolean sustained = result.endedMeanwhile() >= SUSTAINED_SHARE * result.sent()
                && result.inFlightAtEnd() <= rate * MAX_IN_FLIGHT_SECONDS
                && result.lateness().p99Millis() <= MAX_LATENESS_MILLIS
                && result.unanswered() + result.repeated() == 0;
        trials.add(new Trial(
                rate,
                result.endedPerSecond(),
                result.inFlightAtEnd(),
                result.lateness().p99Millis(),
                sustained));
        say(
                "  %.0f orders/s: %s (%.0f/s completed, %d in flight at the end)",
                rate, sustained ? "sustained" : "not sustained", result.endedPerSecond(), result.inFlightAtEnd());
        awaitIdle(load);
        return sustained;
    }

    private static void awaitIdle(LoadGenerator load) throws InterruptedException {
        if (!load.awaitIdle(DRAIN)) {
            throw new ProcessFailure("%d orders have not been completed".formatted(load.inFlight()));
        }
    }

    private static Map<String, ProcessUsage> usage(IsolatedSystem system) {
        Map<String, ProcessUsage> usage = systemUsage(system);
        usage.put("(load generator)", ProcessUsage.ofCurrentProcess());
        return usage;
    }

    private static Map<String, ProcessUsage> systemUsage(IsolatedSystem system) {
        Map<String, ProcessUsage> usage = new LinkedHashMap<>();
        for (ManagedProcess process : system.processes()) {
            process.pid().stream()
                    .boxed()
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .forEach(handle -> usage.put(process.name(), ProcessUsage.of(handle)));
        }
        return usage;
    }

    private static List<ProcessCost> costs(
            Map<String, ProcessUsage> before, Map<String, ProcessUsage> after, PhaseResult measured) {
        List<ProcessCost> costs = new ArrayList<>();
        after.forEach((process, usage) -> {
            long cpuMillis = usage.cpuMillis() - before.get(process).cpuMillis();
            costs.add(new ProcessCost(
                    process,
                    (double) cpuMillis / measured.endedMeanwhile(),
                    (double) cpuMillis / measured.lasted().toMillis(),
                    usage.memoryBytes()));
        });
        return costs;
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, format + "%n", arguments);
    }

    private final class Progress implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {
            say("  %-18s ready after %5.1f s", process.name(), sinceStart.toMillis() / 1e3);
        }

        @Override
        public void died(ManagedProcess process, String explanation) {
            say("%s exited unexpectedly%s", process.name(), explanation);
        }
    }
}
