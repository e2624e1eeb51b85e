package io.orderly.coordinator.simulation;

import io.orderly.coordinator.simulation.history.Linearizability;
import io.orderly.coordinator.simulation.mutant.Mutant;
import io.orderly.coordinator.simulation.mutant.Mutants;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line of the simulator: sweeps over seeds, repeats a run, or shows how a mutant is found. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Simulates coordinator clusters with faults in virtual time, on all cores, and checks the properties that they guarantee. "
                        + "Exits with 0 if no property was violated and the check of every history was completed; with --mutant, if the mutant was detected.")
public final class SimulatorApplication implements Callable<Integer> {

    private static final int[] SIZES = {3, 4, 5};
    private static final int SHOWN_FAILURES = 10;
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    @Option(names = "--seeds", paramLabel = "<n>", description = "number of runs")
    private @Nullable Long seeds;

    @Option(
            names = "--minutes",
            paramLabel = "<n>",
            description = "duration in minutes; default: 1 if --seeds is not given")
    private @Nullable Double minutes;

    @Option(
            names = "--nodes",
            paramLabel = "<n>",
            description = "size of the cluster: 3, 4 or 5; default: each in turn")
    private @Nullable Integer nodes;

    @Option(names = "--first-seed", paramLabel = "<n>", description = "seed of the first run; default: random")
    private @Nullable Long firstSeed;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            description = "repeats the run with this seed and writes its trace; requires --nodes and --workload")
    private @Nullable Long seed;

    @Option(
            names = "--faults",
            paramLabel = "<kind>",
            split = ",",
            description =
                    "kinds of faults to inject: ${COMPLETION-CANDIDATES}; default: a random selection for each run")
    private Set<FaultKind> faults = Set.of();

    @Option(
            names = "--workload",
            paramLabel = "<kind>",
            description = "workload of the cluster: ${COMPLETION-CANDIDATES}; default: each in turn")
    private @Nullable WorkloadKind workload;

    @Option(
            names = "--mutant",
            paramLabel = "<name>",
            description =
                    "applies this known mistake to the code, and shows a run that detects it; --mutants lists them")
    private @Nullable String mutant;

    @Option(names = "--mutants", description = "lists the known mistakes")
    private boolean mutants;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SimulatorApplication()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (nodes != null && (nodes < 3 || nodes > 5)) {
            throw new ParameterException(spec.commandLine(), "--nodes must be 3, 4 or 5, but is " + nodes);
        }
        if (mutants || mutant != null) {
            return demonstrate();
        }
        if (seed != null) {
            if (nodes == null || workload == null) {
                throw new ParameterException(spec.commandLine(), "--seed requires --nodes and --workload");
            }
            return repeat(new RunParameters(seed, nodes, workload, faults));
        }
        return sweep();
    }

    private int demonstrate() throws IOException {
        Mutants known = new Mutants();
        var demonstration = new MutantDemonstration(known, spec.commandLine().getOut());
        if (mutant == null) {
            demonstration.list();
            return 0;
        }
        Mutant chosen = known.named(mutant)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "unknown mutant %s; similar names: %s; --mutants lists all"
                                .formatted(mutant, String.join(", ", known.nearest(mutant)))));
        return demonstration.show(chosen, nodes == null ? chosen.found().nodes() : nodes) ? 0 : 1;
    }

    private static int repeat(RunParameters run) throws IOException {
        RunReport report = new Simulation().run(run, Trace.OFF);
        System.out.println(report);
        System.out.println("Trace: " + SeedSweep.trace(run).toAbsolutePath() + ", " + SeedSweep.digest(run));
        return report.violation().isPresent() ? 1 : 0;
    }

    private int sweep() throws IOException, InterruptedException {
        long first = firstSeed == null ? ThreadLocalRandom.current().nextLong(1L << 40) : firstSeed;
        double wanted = minutes == null ? 1 : minutes;
        long deadline = System.nanoTime() + (long) (wanted * 60e9);
        System.out.printf(
                "Simulation starts with seed %d on %d cores%n",
                first, Runtime.getRuntime().availableProcessors());
        long began = System.nanoTime();
        SweepSummary summary = SeedSweep.over(
                new Iterator<>() {
                    private long count;

                    @Override
                    public boolean hasNext() {
                        return seeds == null ? System.nanoTime() < deadline : count < seeds;
                    }

                    @Override
                    public RunParameters next() {
                        long next = first + count++;
                        return run(next);
                    }
                },
                progress());
        System.out.printf("%n%s", summary);
        System.out.printf("%.1f runs/s%n", summary.runs() / ((System.nanoTime() - began) / 1e9));
        Coverage.ofCore().ifPresent(System.out::println);
        for (RunReport failure :
                summary.failures().stream().limit(SHOWN_FAILURES).toList()) {
            System.out.printf(
                    "%s%n  ./run simulate %s%n  %s%n",
                    failure.violation().orElseThrow(),
                    failure.run(),
                    SeedSweep.trace(failure.run()).toAbsolutePath());
        }
        return summary.failures().isEmpty() && summary.count(Linearizability.HOLDS) == summary.runs() ? 0 : 1;
    }

    /** Cycles through sizes, and through workloads for each size. */
    private RunParameters run(long next) {
        WorkloadKind[] kinds = WorkloadKind.values();
        return new RunParameters(
                next,
                nodes == null ? SIZES[(int) (next % SIZES.length)] : nodes,
                workload == null ? kinds[(int) (next / SIZES.length % kinds.length)] : workload,
                faults);
    }

    private static Consumer<SweepSummary> progress() {
        AtomicLong shown = new AtomicLong(System.nanoTime());
        return summary -> {
            long now = System.nanoTime();
            long last = shown.get();
            if (now - last > PROGRESS_NANOS && shown.compareAndSet(last, now)) {
                System.out.printf(
                        "%,d runs, %d with a violation%n",
                        summary.runs(), summary.failures().size());
            }
        };
    }
}
