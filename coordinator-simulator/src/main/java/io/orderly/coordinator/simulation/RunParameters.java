package io.orderly.coordinator.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters that determine a simulation.
 *
 * @param seed of all random choices
 * @param nodes of the cluster at its start
 * @param workload what the cluster is used for
 * @param faults the kinds to inject; if empty, the seed draws them
 */
public record RunParameters(long seed, int nodes, WorkloadKind workload, Set<FaultKind> faults) {

    public RunParameters {
        faults = faults.isEmpty() ? Set.of() : EnumSet.copyOf(faults);
    }

    /** Without fixed kinds of faults: the seed draws them. */
    public RunParameters(long seed, int nodes, WorkloadKind workload) {
        this(seed, nodes, workload, Set.of());
    }

    /** The name of files about this run. */
    public String fileName() {
        return "%s-seed-%d-nodes-%d".formatted(workload, seed, nodes);
    }

    /** @return the command-line options that repeat it */
    @Override
    public String toString() {
        String kinds = faults.isEmpty()
                ? ""
                : " --faults " + faults.stream().map(FaultKind::name).collect(Collectors.joining(","));
        return "--seed %d --nodes %d --workload %s%s".formatted(seed, nodes, workload, kinds);
    }
}
