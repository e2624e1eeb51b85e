package io.orderly.coordinator.simulation.mutant;

import io.orderly.coordinator.simulation.RunParameters;
import io.orderly.coordinator.simulation.RunReport;
import io.orderly.coordinator.simulation.Simulator;
import io.orderly.coordinator.simulation.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The mutants of this repository, and the search for a run that finds one. */
public final class Mutants {

    /** The maximum number of seeds for one mutant. */
    public static final int MAX_SEEDS = 300;

    private static final Path FOLDER = Path.of("mutants");
    private static final Path SOURCES = Path.of("../coordinator/src/main/java/io/orderly/coordinator");
    private static final int SUGGESTIONS = 3;

    private final List<Mutant> all;

    /**
     * A run in which a mutant violates a property, in the phase that it names.
     *
     * @param runs the number of runs up to this one
     */
    public record Detection(RunReport report, int runs) {}

    /** @throws IOException if they cannot be read; the working directory must be that of the module */
    public Mutants() throws IOException {
        all = Mutant.all(FOLDER);
    }

    /** By name. */
    public List<Mutant> all() {
        return all;
    }

    public Optional<Mutant> named(String name) {
        return all.stream().filter(mutant -> mutant.name().equals(name)).findFirst();
    }

    /** The names that are most similar to one that does not exist. */
    public List<String> nearest(String name) {
        return all.stream()
                .map(Mutant::name)
                .sorted(Comparator.comparingInt(known -> distance(known, name)))
                .limit(SUGGESTIONS)
                .toList();
    }

    /** @return a simulator of the production code with the mutant's changes */
    public Simulator simulatorOf(Mutant mutant) throws IOException {
        return new MutantLoader(new MutantCompiler(SOURCES).compile(mutant)).simulator();
    }

    /**
     * Searches a run that finds the mutant.
     *
     * @param simulator of the mutant
     * @param nodes of the cluster
     */
    public static Optional<Detection> detect(Mutant mutant, Simulator simulator, int nodes) {
        RunParameters recorded = mutant.found();
        for (int runs = 1; runs <= MAX_SEEDS; runs++) {
            RunReport report = simulator.run(
                    new RunParameters(recorded.seed() + runs - 1, nodes, recorded.workload(), recorded.faults()),
                    Trace.OFF);
            if (report.violation().filter(one -> one.phase() == mutant.phase()).isPresent()) {
                return Optional.of(new Detection(report, runs));
            }
        }
        return Optional.empty();
    }

    /** The Levenshtein distance: how many letters must be inserted, deleted or replaced. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
