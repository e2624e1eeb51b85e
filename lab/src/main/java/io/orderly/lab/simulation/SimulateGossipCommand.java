package io.orderly.lab.simulation;

import io.orderly.gossip.simulation.GossipSimulation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs gossiping members in virtual time. */
@Command(
        name = "simulate-gossip",
        description =
                "Runs gossiping members in virtual time under faults, and measures them beside the analysis of SWIM.")
public final class SimulateGossipCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", description = "Members of each cluster, from 10; ${DEFAULT-VALUE} by default.")
    private int nodes = 50;

    @Option(names = "--loss", description = "Share of messages lost under faults; ${DEFAULT-VALUE} by default.")
    private double loss = 0.1;

    @Option(names = "--seeds", description = "Number of runs; ${DEFAULT-VALUE} by default.")
    private int seeds = 3;

    @Option(
            names = "--seed",
            description = "The seed of the first run, which reproduces it; ${DEFAULT-VALUE} by default.")
    private long seed = 1;

    @Option(
            names = "--measure",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether to measure as well; yes by default.")
    private boolean measure;

    @Override
    public Integer call() {
        GossipSimulation simulation = simulation();
        boolean passed = simulation.runUnderFaults();
        if (measure) {
            simulation.measure();
        }
        return passed ? 0 : 1;
    }

    private GossipSimulation simulation() {
        try {
            return new GossipSimulation(nodes, loss, seed, seeds, System.out::println);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
