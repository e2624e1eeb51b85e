package io.orderly.coordinator.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that decides what happens in a simulation.
 *
 * @param seed of everything random
 * @param nodes of the cluster at its start
 * @param faults the kinds to inject; if empty, the seed draws them
 */
public record Run(long seed, int nodes, Set<FaultKind> faults) {

    public Run {
        faults = faults.isEmpty() ? Set.of() : EnumSet.copyOf(faults);
    }

    /** The seed draws the kinds of faults, too. */
    public Run(long seed, int nodes) {
        this(seed, nodes, Set.of());
    }

    /** @return the options of the command that repeats it */
    @Override
    public String toString() {
        String kinds = faults.isEmpty()
                ? ""
                : " --faults " + faults.stream().map(FaultKind::name).collect(Collectors.joining(","));
        return "--seed %d --nodes %d%s".formatted(seed, nodes, kinds);
    }
}
