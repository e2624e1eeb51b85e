package io.orderly.lab.trial;

import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.lab.load.Journal;
import io.orderly.lab.load.LoadGenerator;
import io.orderly.lab.load.LoadGenerator.PhaseRun;
import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.Phase;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.run.EndToEnd;
import io.orderly.lab.run.FaultSchedule;
import io.orderly.lab.run.ValidityChecks;
import io.orderly.lab.trial.ForeignSystem.Scenario;
import io.orderly.lab.trial.TrialResult.PhaseFigures;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.Supervisor;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run of a foreign system through one scenario. Single use. */
public final class Trial {

    /** The invariant that every system has. */
    private static final String ORDERS_END = "acknowledged-orders-end";

    private final ForeignSystem system;
    private final Scenario scenario;
    private final Path folder;
    private final long seed;
    private final PrintStream out;

    private final Instant at = Instant.now();
    private final long startNanos = System.nanoTime();
    private final List<String> validityProblems = new CopyOnWriteArrayList<>();
    private final Map<PhaseName, PhaseRun> phases = new EnumMap<>(PhaseName.class);

    /**
     * @param folder for the data, logs and pid files of the processes; data of an earlier run is deleted
     * @param seed from which arrival times, jitter and loss are drawn
     */
    public Trial(ForeignSystem system, Scenario scenario, Path folder, long seed, PrintStream out) {
        this.system = system;
        this.scenario = scenario;
        this.folder = folder;
        this.seed = seed;
        this.out = out;
    }

    /**
     * Executes the run. An interruption ends it early: all processes are stopped, and the result so far is returned without invariants; the
     * interrupt flag stays set.
     *
     * @throws io.orderly.stack.process.ProcessFailure if the system cannot be started
     */
    public TrialResult run() {
        try (DataFolder data = DataFolder.take(folder);
                ProxiedLinks links = new ProxiedLinks(seed);
                RunningSystem running = RunningSystem.start(system, data, links, new UnexpectedExits());
                FaultInjector faults = new FaultInjector(running.processes(), links, data::of)) {
            data.delete("journal");
            try (Journal journal = Journal.begin(data.of("journal"))) {
                return run(faults, journal);
            }
        }
    }

    private TrialResult run(FaultInjector injector, Journal journal) {
        var orders = new ForeignOrders(system.placement(), system.ending(), keyPrefix());
        long zeroNanos = System.nanoTime();
        var faults = new FaultSchedule(
                scenario.faults(),
                system.lastingOf(PhaseName.DURING),
                injector,
                () -> (System.nanoTime() - zeroNanos) / 1e9);
        List<InvariantResult> invariants = new ArrayList<>();
        try (var load = new LoadGenerator(
                orders, orders, seed, journal, orders, system.placement().repeatFor())) {
            execute(load, orders, faults);
            invariants.add(InvariantResult.of(ORDERS_END, orders.unended()));
            for (Invariant invariant : system.invariants()) {
                invariants.add(invariant.check());
            }
        } catch (InterruptedException e) {
            validityProblems.add("the run was interrupted: its results are partial");
            invariants.clear();
            Thread.currentThread().interrupt();
            faults.healAll();
        }
        return result(orders, faults, invariants);
    }

    private void execute(LoadGenerator load, ForeignOrders orders, FaultSchedule faults) throws InterruptedException {
        for (PhaseName name : PhaseName.values()) {
            Duration lasting = system.lastingOf(name);
            if (name == PhaseName.DRAIN) {
                say("drain for at most %.1f s", lasting);
                drain(load, orders, lasting);
                continue;
            }
            say(name + " for %.1f s", lasting);
            if (name == PhaseName.DURING) {
                faults.begin();
            }
            phases.put(
                    name,
                    switch (scenario.load()) {
                        case Load.Open(double rate) -> load.run(new Phase(name.toString(), rate, lasting));
                        case Load.Closed(int inFlight) ->
                            load.runInFlight(new Phase(name.toString(), 0, lasting), inFlight);
                    });
            if (name == PhaseName.DURING) {
                faults.healAll();
                validityProblems.addAll(faults.validityProblems());
            }
        }
    }

    /** Waits until all orders have ended, but for no acknowledged order less than the time that it has. */
    private static void drain(LoadGenerator load, ForeignOrders orders, Duration lasting) throws InterruptedException {
        Duration left = lasting;
        while (left.isPositive() && !load.awaitIdle(left)) {
            left = lasting.minus(orders.sinceLastUnended());
        }
    }

    private TrialResult result(ForeignOrders orders, FaultSchedule faults, List<InvariantResult> invariants) {
        Map<PhaseName, PhaseResult> results = new EnumMap<>(PhaseName.class);
        phases.forEach((name, run) -> results.put(name, run.result()));
        Map<PhaseName, PhaseFigures> figures = new EnumMap<>(PhaseName.class);
        results.forEach((name, result) -> figures.put(name, figures(phases.get(name), result)));
        validityProblems.addAll(ValidityChecks.of(scenario.load(), results));
        String problem = orders.problem();
        if (problem != null) {
            validityProblems.add(problem);
        }
        return new TrialResult(
                scenario.name(),
                seed,
                at,
                Duration.ofNanos(System.nanoTime() - startNanos),
                figures,
                faults.spans(),
                List.copyOf(invariants),
                List.copyOf(validityProblems));
    }

    private PhaseFigures figures(PhaseRun run, PhaseResult result) {
        return new PhaseFigures(
                result.sent(),
                result.accepted(),
                result.refused(),
                result.unanswered(),
                result.outcomes().getOrDefault(OrderOutcome.CONFIRMED, 0L),
                result.outcomes().getOrDefault(OrderOutcome.REJECTED, 0L),
                EndToEnd.of(run.toEndMicros(), result.placed(), system.lastingOf(PhaseName.DRAIN)));
    }

    /** Unique also on a system that keeps its data elsewhere. */
    private String keyPrefix() {
        return "%s-%s".formatted(scenario.name(), Long.toString(at.toEpochMilli(), Character.MAX_RADIX));
    }

    private void say(String format, Duration time) {
        out.printf(Locale.ROOT, "    " + format + "%n", time.toMillis() / 1e3);
    }

    /** Processes that end although no fault has ended them. */
    private final class UnexpectedExits implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {
            validityProblems.add(process.name() + " exited unexpectedly"
                    + explanation.lines().findFirst().orElse(""));
        }
    }
}
