package io.orderly.coordinator.simulation;

/**
 * All that decides what happens in a simulation.
 *
 * @param seed of everything random
 * @param nodes of the cluster at its start
 */
public record Run(long seed, int nodes) {

    @Override
    public String toString() {
        return "--seed %d --nodes %d".formatted(seed, nodes);
    }
}
