package io.orderly.coordinator.simulation;

import io.orderly.coordinator.simulation.mutant.Mutant;
import io.orderly.coordinator.simulation.mutant.Mutants;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Shows how the simulator finds a mutant: the change, the run, the violation and the last events before it. */
final class MutantDemonstration {

    private static final int SHOWN_EVENTS = 40;

    private final Mutants mutants;
    private final PrintWriter out;

    MutantDemonstration(Mutants mutants, PrintWriter out) {
        this.mutants = mutants;
        this.out = out;
    }

    void list() {
        for (Mutant mutant : mutants.all()) {
            out.printf("%-45s %s%n", mutant, mutant.breaks());
        }
        out.flush();
    }

    /** @return whether the mutant was found, and the same run without it violates no property */
    boolean show(Mutant mutant, int nodes) throws IOException {
        out.printf(
                "Mutant %s%n  source: %s%n  breaks: %s%n%n%s%n",
                mutant, mutant.source(), mutant.breaks(), mutant.diff());
        out.flush();
        Simulator simulator = mutants.simulatorOf(mutant);
        Optional<Mutants.Detection> detection = Mutants.detect(mutant, simulator, nodes);
        if (detection.isEmpty()) {
            out.printf(
                    "Not found in %d runs on %d nodes; on %d nodes it was found by seed %d.%n",
                    Mutants.MAX_SEEDS,
                    nodes,
                    mutant.found().nodes(),
                    mutant.found().seed());
            out.flush();
            return false;
        }
        RunParameters run = detection.get().report().run();
        out.printf("Found after %d runs, by %s%n%n", detection.get().runs(), run);
        Deque<String> last = new ArrayDeque<>();
        Path trace = SeedSweep.trace(simulator, run, mutant + "-" + run.fileName(), line -> {
            last.addLast(line);
            if (last.size() > SHOWN_EVENTS) {
                last.removeFirst();
            }
        });
        out.printf("The last %d events (virtual microseconds, node, event):%n", last.size());
        last.forEach(out::println);
        Violation violation = detection.get().report().violation().orElseThrow();
        out.printf(
                "%nViolated, %s: %s%n  %s%nWhole trace: %s%n",
                violation.phase().name().toLowerCase(),
                violation.property(),
                violation.detail(),
                trace.toAbsolutePath());
        Optional<Violation> without = new Simulation().run(run, Trace.OFF).violation();
        out.printf(
                "The same run without the mutant: %s%n",
                without.map(Violation::toString).orElse("no property is violated"));
        out.flush();
        return without.isEmpty();
    }
}
