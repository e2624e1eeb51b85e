package io.orderly.lab.run;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.lab.audit.Audit;
import io.orderly.lab.audit.Violation;
import io.orderly.lab.evidence.OrderHistory;
import io.orderly.lab.evidence.PendingWork;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.ExperimentPlan;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.lab.load.Journal;
import io.orderly.lab.load.JournalEntry;
import io.orderly.lab.load.LoadGenerator;
import io.orderly.lab.load.OrderMix;
import io.orderly.lab.load.Phase;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.run.RunResult.FaultSpan;
import io.orderly.lab.system.ColdCopy;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Takes one arm through one scenario. Used once. */
public final class ArmRun {

    private static final Duration CLIENTS_PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Pattern ORDER_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Environment place;
    private final Arm arm;
    private final Scenario scenario;
    private final ExperimentPlan extent;
    private final long seed;
    private final PrintStream out;

    private final List<String> doubts = new CopyOnWriteArrayList<>();
    private final Map<PhaseName, LoadGenerator.Run> phases = new EnumMap<>(PhaseName.class);
    private final Map<PhaseName, Integer> begins = new EnumMap<>(PhaseName.class);
    private final Instant at = Instant.now();

    /**
     * Where runs take place.
     *
     * @param home the root of the repository
     * @param folder for the system's data
     * @param settings environment variables that change a service's defaults in each run, by the name of the service
     * @param origin what each run starts from
     */
    public record Environment(Path home, Path folder, Map<String, Map<String, String>> settings, ColdCopy origin) {}

    public ArmRun(Environment place, Arm arm, Scenario scenario, ExperimentPlan extent, long seed, PrintStream out) {
        this.place = place;
        this.arm = arm;
        this.scenario = scenario;
        this.extent = extent;
        this.seed = seed;
        this.out = out;
    }

    /** Everything of one run that is at work at the same time. */
    private record Scene(
            IsolatedSystem system,
            LoadGenerator load,
            TimeSeriesRecorder stopwatch,
            FaultSchedule faults,
            ProviderRequestCounts traffic) {}

    /**
     * Does it. An interruption ends it early: all faults are healed, all processes end, and what is known by then is the
     * result, which says that it is partial; the thread stays interrupted.
     */
    public RunResult run() throws IOException {
        var deaths = new UnexpectedExits();
        try (ProxiedLinks proxied = new ProxiedLinks(seed)) {
            var surroundings = new ScenarioLinks(scenario, proxied);
            return run(deaths, proxied, surroundings);
        }
    }

    private RunResult run(UnexpectedExits deaths, ProxiedLinks proxied, ScenarioLinks surroundings) throws IOException {
        try (IsolatedSystem system = IsolatedSystem.start(
                        place.home(), place.folder(), deaths, settings(), surroundings, place.origin());
                FaultInjector faults = new FaultInjector(system.processes(), proxied, place.folder()::resolve)) {
            surroundings.begin(faults);
            Path file = system.folder().resolve("journal");
            Files.deleteIfExists(file);
            try (Journal journal = Journal.begin(file)) {
                return run(system, faults, surroundings, journal, file, deaths);
            } finally {
                deaths.end();
            }
        }
    }

    private RunResult run(
            IsolatedSystem system,
            FaultInjector allFaults,
            ScenarioLinks surroundings,
            Journal journal,
            Path file,
            UnexpectedExits deaths)
            throws IOException {
        var stopwatch = new TimeSeriesRecorder(System.nanoTime());
        var faults = new FaultSchedule(scenario.faults(), allFaults, stopwatch);
        var traffic = new ProviderRequestCounts(system.url(Topology.PROVIDER));
        List<Violation> violations = new ArrayList<>();
        List<JournalEntry> entries = List.of();
        @Nullable OrderHistory story = null;
        try (LoadGenerator load = generator(system, journal, stopwatch);
                RunMonitor observations = RunMonitor.begin(system.sources(), stopwatch, load)) {
            boolean interrupted = false;
            try {
                carryOut(new Scene(system, load, stopwatch, faults, traffic));
            } catch (InterruptedException e) {
                interrupted = true;
                doubts.add("it was interrupted: what follows is partial");
            } finally {
                faults.healAll();
            }
            observations.end();
            journal.close();
            entries = Journal.read(file);
            if (!interrupted) {
                violations.addAll(Audit.of(system.sources().gather(entries)).violations());
            }
            observations.violations().stream()
                    .filter(violation -> !violations.contains(violation))
                    .forEach(violations::add);
            story = interrupted ? null : story(system, violations, entries);
            doubts.addAll(deaths.unasked());
            if (surroundings.areWithoutEffect()) {
                doubts.add("nothing was delayed on any link");
            }
            RunResult result = result(stopwatch, observations, faults, violations, story, traffic);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void carryOut(Scene scene) throws InterruptedException {
        for (PhaseName name : PhaseName.values()) {
            if (name == PhaseName.DRAIN) {
                continue;
            }
            begins.put(name, (int) Math.round(scene.stopwatch().now()));
            scene.traffic().begin(name);
            say("%s for %d s", name, extent.of(name).toSeconds());
            if (name == PhaseName.DURING) {
                scene.faults().begin();
            }
            phases.put(name, load(scene.load(), name));
            scene.traffic().end(name);
            if (name == PhaseName.DURING) {
                scene.faults().healAll();
                doubts.addAll(scene.faults().validityProblems());
            }
        }
        begins.put(PhaseName.DRAIN, (int) Math.round(scene.stopwatch().now()));
        say("drain, %d s at most", extent.of(PhaseName.DRAIN).toSeconds());
        rest(scene);
    }

    private LoadGenerator.Run load(LoadGenerator load, PhaseName name) throws InterruptedException {
        return switch (scenario.load()) {
            case Load.Open(double rate) -> load.run(new Phase(name.toString(), rate, extent.of(name)));
            case Load.Closed(int inFlight) ->
                load.runInFlight(new Phase(name.toString(), 0, extent.of(name)), inFlight);
        };
    }

    /** Waits until nothing is left to do, twice in a row, or the time is up; then the audit says what is not done. */
    private void rest(Scene scene) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + extent.of(PhaseName.DRAIN).toNanos();
        scene.load().awaitIdle(extent.of(PhaseName.DRAIN));
        boolean wasIdle = false;
        while (System.nanoTime() - giveUpNanos < 0) {
            PendingWork unfinished = scene.system().sources().unfinished();
            boolean idle =
                    unfinished.isEmpty() && scene.system().sources().inDoubt().transactions() == 0;
            if (idle && wasIdle) {
                return;
            }
            wasIdle = idle;
            Thread.sleep(POLL);
        }
    }

    private LoadGenerator generator(IsolatedSystem system, Journal journal, TimeSeriesRecorder stopwatch)
            throws IOException, InterruptedException {
        List<Sku> products = scenario.products().isEmpty()
                ? system.api().products()
                : scenario.products().stream().map(Sku::new).toList();
        var mix = new OrderMix(
                "%s-%s-%d".formatted(arm.name(), scenario.name(), seed),
                seed,
                products,
                scenario.customers(),
                scenario.shares());
        var target = new ArmTarget(system.url(Topology.ORDER), arm.calls());
        return new LoadGenerator(
                system.api(), target, stopwatch, mix, seed, journal, system.bootstrapServers(), CLIENTS_PATIENCE);
    }

    private Map<String, Map<String, String>> settings() {
        Map<String, Map<String, String>> settings = new HashMap<>();
        FaultInjector.SETTINGS.forEach((service, chaos) -> settings.put(service, new HashMap<>(chaos)));
        place.settings()
                .forEach((service, more) ->
                        settings.computeIfAbsent(service, _ -> new HashMap<>()).putAll(more));
        arm.antiPatterns()
                .forEach((service, wrong) -> settings.computeIfAbsent(service, _ -> new HashMap<>())
                        .put("ORDERLY_ANTI_PATTERNS", String.join(",", wrong)));
        return settings;
    }

    private static @Nullable OrderHistory story(
            IsolatedSystem system, List<Violation> violations, List<JournalEntry> journal)
            throws IOException, InterruptedException {
        for (Violation violation : violations) {
            Matcher matcher = ORDER_ID.matcher(violation.subject() + " " + violation.what());
            if (matcher.find()) {
                return system.sources().history(OrderId.of(matcher.group()), journal);
            }
        }
        return null;
    }

    private RunResult result(
            TimeSeriesRecorder stopwatch,
            RunMonitor observations,
            FaultSchedule faults,
            List<Violation> violations,
            @Nullable OrderHistory story,
            ProviderRequestCounts traffic) {
        Map<PhaseName, PhaseResult> results = new EnumMap<>(PhaseName.class);
        phases.forEach((name, run) -> results.put(name, run.result()));
        doubts.addAll(ValidityChecks.of(scenario.load(), results));
        List<FaultSpan> spans = faults.spans();
        double healed = spans.stream().mapToDouble(FaultSpan::to).max().orElse(-1);
        Integer before = begins.get(PhaseName.BEFORE);
        Integer during = begins.get(PhaseName.DURING);
        Integer drain = begins.get(PhaseName.DRAIN);
        return new RunResult(
                arm.name(),
                scenario.name(),
                seed,
                at,
                results,
                CustomerOutcomes.of(results.values()),
                observations.seconds(),
                spectrum(),
                spans,
                violations,
                story,
                observations.mostSecondsInDoubt(),
                observations.mostLocksInDoubt(),
                healed < 0 || before == null || during == null || drain == null
                        ? null
                        : RecoveryTime.seconds(stopwatch.seconds(), before, during, healed, drain),
                traffic.perOrder(results),
                List.copyOf(doubts));
    }

    private List<RunResult.Percentile> spectrum() {
        Histogram all = phases.entrySet().stream()
                .filter(phase -> phase.getKey() != PhaseName.WARM_UP)
                .map(phase -> phase.getValue().toEndMicros())
                .reduce((a, b) -> {
                    a.add(b);
                    return a;
                })
                .orElse(null);
        return all == null ? List.of() : PercentileSpectrum.of(all);
    }

    private void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, "    " + format + "%n", arguments);
    }

    /** Notices processes that end though nobody has ended them. */
    private final class UnexpectedExits implements Supervisor.Listener {

        /** As services end at a crash point, and no other way. */
        private static final String CRASHED = "(exit code 99)";

        private final List<String> unasked = new CopyOnWriteArrayList<>();
        private volatile boolean ended;

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {
            boolean asked = explanation.contains(CRASHED)
                    && scenario.faults().stream()
                            .anyMatch(planned -> planned.fault() instanceof Fault.Crash crash
                                    && crash.service().equals(process.name()));
            if (!ended && !asked) {
                unasked.add(process.name() + " has ended unasked"
                        + explanation.lines().findFirst().orElse(""));
            }
        }

        List<String> unasked() {
            return List.copyOf(unasked);
        }

        void end() {
            ended = true;
        }
    }
}
