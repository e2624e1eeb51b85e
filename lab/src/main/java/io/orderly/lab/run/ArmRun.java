package io.orderly.lab.run;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.lab.audit.Audit;
import io.orderly.lab.audit.Violation;
import io.orderly.lab.evidence.OrderHistory;
import io.orderly.lab.evidence.PendingWork;
import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.ExperimentPlan;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.HttpCall;
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
import io.orderly.lab.system.SystemPlan;
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
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A run of one arm through one scenario. Single use. */
public final class ArmRun {

    private static final Duration PATIENCE = Experiment.PATIENCE;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Pattern ORDER_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Environment place;
    private final Arm arm;
    private final Scenario scenario;
    private final ExperimentPlan extent;
    private final Duration objective;
    private final long seed;
    private final PrintStream out;

    private final List<String> validityProblems = new CopyOnWriteArrayList<>();
    private final Map<PhaseName, LoadGenerator.PhaseRun> phases = new EnumMap<>(PhaseName.class);
    private final Map<PhaseName, Double> begins = new EnumMap<>(PhaseName.class);
    private final Instant at = Instant.now();

    /**
     * The environment of runs.
     *
     * @param home the root of the repository
     * @param folder the folder for the system's data
     * @param settings environment variables that change a service's defaults in each run, by the name of the service
     * @param origin the data that each run starts from
     */
    public record Environment(Path home, Path folder, Map<String, Map<String, String>> settings, ColdCopy origin) {}

    /**
     * @param objective the latency within which the right end of an order counts as goodput
     * @param seed from which everything random is drawn
     */
    public ArmRun(
            Environment place,
            Arm arm,
            Scenario scenario,
            ExperimentPlan extent,
            Duration objective,
            long seed,
            PrintStream out) {
        this.place = place;
        this.arm = arm;
        this.scenario = scenario;
        this.extent = extent;
        this.objective = objective;
        this.seed = seed;
        this.out = out;
    }

    /** The components that are active during a run. */
    private record RunContext(
            IsolatedSystem system,
            LoadGenerator load,
            TimeSeriesRecorder recorder,
            FaultSchedule faults,
            List<PhaseCounts> counts) {}

    /**
     * Executes the run. An interruption ends it early: all faults are healed, all processes are stopped, and the result
     * so far is returned and marked as partial; the interrupt flag stays set.
     */
    public RunResult run() throws IOException {
        var exits = new UnexpectedExits();
        try (ProxiedLinks proxied = new ProxiedLinks(seed)) {
            var links = new ScenarioLinks(scenario, proxied);
            return run(exits, proxied, links);
        }
    }

    private RunResult run(UnexpectedExits exits, ProxiedLinks proxied, ScenarioLinks links) throws IOException {
        try (IsolatedSystem system = IsolatedSystem.start(place.home(), place.folder(), exits, systemPlan(links));
                FaultInjector faults = new FaultInjector(system.processes(), proxied, place.folder()::resolve)) {
            links.begin(faults);
            Path file = system.folder().resolve("journal");
            Files.deleteIfExists(file);
            try (Journal journal = Journal.begin(file)) {
                return run(system, faults, links, journal, file, exits);
            } finally {
                exits.end();
            }
        }
    }

    private RunResult run(
            IsolatedSystem system,
            FaultInjector allFaults,
            ScenarioLinks links,
            Journal journal,
            Path file,
            UnexpectedExits exits)
            throws IOException {
        var recorder = new TimeSeriesRecorder(System.nanoTime(), objective);
        var faults = new FaultSchedule(scenario.faults(), extent.of(PhaseName.DURING), allFaults, recorder::now);
        PhaseCounts traffic = PhaseCounts.ofProviderRequests(system.url(Topology.PROVIDER));
        PhaseCounts productLoads = PhaseCounts.ofProductLoads(system.url(Topology.INVENTORY));
        List<PhaseCounts> counts = readsProducts() ? List.of(traffic, productLoads) : List.of(traffic);
        Optional<OwnershipWitness> witness =
                scenario.instances() > 1 ? Optional.of(OwnershipWitness.install(system)) : Optional.empty();
        List<Violation> violations = new ArrayList<>();
        List<JournalEntry> entries = List.of();
        @Nullable OrderHistory history = null;
        try (LoadGenerator load = generator(system, journal, recorder);
                RunMonitor monitor = RunMonitor.begin(system.sources(), recorder, load)) {
            boolean interrupted = false;
            try {
                execute(new RunContext(system, load, recorder, faults, counts));
            } catch (InterruptedException e) {
                interrupted = true;
                validityProblems.add("the run was interrupted: its results are partial");
            } finally {
                faults.healAll();
            }
            monitor.end();
            journal.close();
            entries = Journal.read(file);
            if (!interrupted) {
                violations.addAll(Audit.of(system.sources().gather(entries)).violations());
            }
            monitor.violations().stream()
                    .filter(violation -> !violations.contains(violation))
                    .forEach(violations::add);
            history = interrupted ? null : history(system, violations, entries);
            validityProblems.addAll(exits.unexpected());
            if (links.hadNoEffect()) {
                validityProblems.add("no packet was delayed on any link");
            }
            RunResult result = result(
                    recorder,
                    monitor,
                    faults,
                    violations,
                    history,
                    traffic,
                    productLoads,
                    witness.map(OwnershipWitness::seen).orElse(null));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void execute(RunContext context) throws InterruptedException {
        for (PhaseName name : PhaseName.values()) {
            if (name == PhaseName.DRAIN) {
                continue;
            }
            begins.put(name, context.recorder().now());
            for (PhaseCounts count : context.counts()) {
                count.begin(name);
            }
            say("%s for %d s", name, extent.of(name).toSeconds());
            if (name == PhaseName.DURING) {
                context.faults().begin();
            }
            phases.put(name, load(context.load(), name));
            for (PhaseCounts count : context.counts()) {
                count.end(name);
            }
            if (name == PhaseName.DURING) {
                context.faults().healAll();
                validityProblems.addAll(context.faults().validityProblems());
            }
        }
        begins.put(PhaseName.DRAIN, context.recorder().now());
        say("drain for at most %d s", extent.of(PhaseName.DRAIN).toSeconds());
        drain(context);
    }

    private LoadGenerator.PhaseRun load(LoadGenerator load, PhaseName name) throws InterruptedException {
        return switch (scenario.load()) {
            case Load.Open(double rate) -> load.run(new Phase(name.toString(), rate, extent.of(name)));
            case Load.Closed(int inFlight) ->
                load.runInFlight(new Phase(name.toString(), 0, extent.of(name)), inFlight);
        };
    }

    /**
     * Waits until two consecutive checks find no pending work, or the timeout expires; the audit then reports pending
     * work.
     */
    private void drain(RunContext context) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + extent.of(PhaseName.DRAIN).toNanos();
        context.load().awaitIdle(extent.of(PhaseName.DRAIN));
        boolean wasIdle = false;
        while (System.nanoTime() - giveUpNanos < 0) {
            PendingWork pending = context.system().sources().pendingWork();
            boolean idle =
                    pending.isEmpty() && context.system().sources().inDoubt().transactions() == 0;
            if (idle && wasIdle) {
                return;
            }
            wasIdle = idle;
            Thread.sleep(POLL);
        }
    }

    /** Whether the products that are loaded are a figure of the run. With several instances, each has a counter of its own. */
    private boolean readsProducts() {
        return arm.calls().method() == HttpCall.Method.GET && scenario.instances() == 1;
    }

    private LoadGenerator generator(IsolatedSystem system, Journal journal, TimeSeriesRecorder recorder)
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
        var target = new ArmTarget(
                system.url(arm.calls().service()), arm.calls(), arm.client().timeout());
        return new LoadGenerator(
                system.api(), target, recorder, mix, seed, journal, system.bootstrapServers(), PATIENCE, arm.client());
    }

    private SystemPlan systemPlan(ScenarioLinks links) {
        return new SystemPlan(
                settings(), links, scenario.hasCoordinators(), false, scenario.instances(), false, place.origin());
    }

    private Map<String, Map<String, String>> settings() {
        Map<String, Map<String, String>> settings = new HashMap<>();
        FaultInjector.SETTINGS.forEach((service, chaos) -> {
            settings.put(service, new HashMap<>(chaos));
            settings.get(service).put("ORDERLY_CHAOS_SEED", Long.toString(seed));
        });
        place.settings()
                .forEach((service, more) ->
                        settings.computeIfAbsent(service, _ -> new HashMap<>()).putAll(more));
        Stream.of(scenario.settings(), arm.settings())
                .forEach(of -> of.forEach((service, properties) ->
                        properties.forEach((property, value) -> settings.computeIfAbsent(service, _ -> new HashMap<>())
                                .put(environmentVariable(property), value))));
        arm.antiPatterns()
                .forEach((service, wrong) -> settings.computeIfAbsent(service, _ -> new HashMap<>())
                        .put("ORDERLY_ANTI_PATTERNS", String.join(",", wrong)));
        return settings;
    }

    /** The environment variable that Spring Boot binds to a property. */
    private static String environmentVariable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static @Nullable OrderHistory history(
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
            TimeSeriesRecorder recorder,
            RunMonitor monitor,
            FaultSchedule faults,
            List<Violation> violations,
            @Nullable OrderHistory history,
            PhaseCounts traffic,
            PhaseCounts productLoads,
            RunResult.@Nullable Ownership ownership) {
        Map<PhaseName, PhaseResult> results = new EnumMap<>(PhaseName.class);
        phases.forEach((name, run) -> results.put(name, run.result()));
        validityProblems.addAll(ValidityChecks.of(scenario.load(), results));
        List<FaultSpan> spans = faults.spans();
        GoodputCurve curve = recorder.goodput();
        Map<PhaseName, Double> goodput = goodput(curve);
        return new RunResult(
                arm.name(),
                scenario.name(),
                seed,
                at,
                results,
                CustomerOutcomes.of(results.values()),
                monitor.seconds(),
                latencies(results),
                latency(results),
                recorder.wrongEnds(),
                recorder.ends(),
                spans,
                violations,
                history,
                monitor.mostSecondsInDoubt(),
                monitor.mostLocksInDoubt(),
                goodput,
                recovery(curve, goodput, spans),
                traffic.perOrder(results),
                productLoads.perSecond(results),
                ownership,
                List.copyOf(validityProblems));
    }

    /** Of the phases that have ended. */
    private Map<PhaseName, Double> goodput(GoodputCurve curve) {
        Map<PhaseName, Double> goodput = new EnumMap<>(PhaseName.class);
        for (PhaseName phase : PhaseName.values()) {
            Double begin = begins.get(phase);
            Double end = phase == PhaseName.DRAIN ? null : begins.get(PhaseName.values()[phase.ordinal() + 1]);
            if (begin != null && end != null) {
                goodput.put(phase, curve.perSecond(begin, end));
            }
        }
        return goodput;
    }

    private @Nullable Recovery recovery(GoodputCurve curve, Map<PhaseName, Double> goodput, List<FaultSpan> faults) {
        DoubleSummaryStatistics injections =
                faults.stream().mapToDouble(FaultSpan::from).summaryStatistics();
        Double end = begins.get(PhaseName.DRAIN);
        return injections.getCount() == 0 || end == null
                ? null
                : Recovery.of(
                        curve,
                        Recovery.rate(scenario.load(), goodput.getOrDefault(PhaseName.BEFORE, 0.0)),
                        injections.getMin(),
                        injections.getMax(),
                        end);
    }

    private Map<PhaseName, EndToEnd> latencies(Map<PhaseName, PhaseResult> results) {
        Map<PhaseName, EndToEnd> latencies = new EnumMap<>(PhaseName.class);
        results.forEach((name, result) ->
                latencies.put(name, EndToEnd.of(phases.get(name).toEndMicros(), result.placed(), PATIENCE)));
        return latencies;
    }

    private EndToEnd latency(Map<PhaseName, PhaseResult> results) {
        List<PhaseName> measured = results.keySet().stream()
                .filter(name -> name != PhaseName.WARM_UP)
                .toList();
        var all = new Histogram(SIGNIFICANT_DIGITS);
        measured.forEach(name -> all.add(phases.get(name).toEndMicros()));
        return EndToEnd.of(
                all,
                measured.stream().mapToLong(name -> results.get(name).placed()).sum(),
                PATIENCE);
    }

    private void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, "    " + format + "%n", arguments);
    }

    /** Records processes that exit although the run did not stop them. */
    private final class UnexpectedExits implements Supervisor.Listener {

        /** The exit code of a crash point. */
        private static final String CRASHED = "(exit code 99)";

        private final List<String> unexpected = new CopyOnWriteArrayList<>();
        private volatile boolean ended;

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {
            boolean expected = explanation.contains(CRASHED)
                    && scenario.faults().stream()
                            .anyMatch(planned -> planned.fault() instanceof Fault.Crash crash
                                    && crash.service().equals(process.name()));
            if (!ended && !expected) {
                unexpected.add(process.name() + " exited unexpectedly"
                        + explanation.lines().findFirst().orElse(""));
            }
        }

        List<String> unexpected() {
            return List.copyOf(unexpected);
        }

        void end() {
            ended = true;
        }
    }
}
