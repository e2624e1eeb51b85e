package io.orderly.gossip.simulation;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Runs clusters under faults with several seeds, and measures others beside the analysis. */
public final class GossipSimulation {

    /** Losses and numbers of indirect probes to measure. */
    private static final double[] LOSSES = {0.05, 0.1, 0.2};

    private static final int[] INDIRECT_PROBES = {0, 1, 3};

    private final int nodes;
    private final double loss;
    private final long firstSeed;
    private final int seeds;
    private final Consumer<String> output;

    /**
     * @param nodes of each cluster, from 10
     * @param loss share of messages that are lost while there are faults, from 0 to below 1
     * @param firstSeed of the first run
     * @param seeds how many runs, from 1
     * @param output takes lines
     */
    public GossipSimulation(int nodes, double loss, long firstSeed, int seeds, Consumer<String> output) {
        if (nodes < 10 || loss < 0 || loss >= 1 || seeds < 1) {
            throw new IllegalArgumentException(
                    "There must be 10 nodes or more, 1 seed or more, and a loss from 0 to below 1");
        }
        this.nodes = nodes;
        this.loss = loss;
        this.firstSeed = firstSeed;
        this.seeds = seeds;
        this.output = output;
    }

    /** Runs all seeds under faults, in parallel. Returns whether all passed. */
    public boolean runUnderFaults() {
        output.accept("%d members, loss %.2f, delays, pauses, crashes, joins, a partition, a flooder and a liar"
                .formatted(nodes, loss));
        List<FaultRun.Report> reports = LongStream.range(firstSeed, firstSeed + seeds)
                .parallel()
                .mapToObj(seed -> FaultRun.execute(nodes, loss, seed))
                .toList();
        reports.forEach(report -> output.accept(describe(report)));
        long failed = reports.stream()
                .filter(report -> !report.violations().isEmpty())
                .count();
        output.accept("%d runs, %d failed".formatted(seeds, failed));
        return failed == 0;
    }

    /** Measures without other faults than losses, with one run per seed for each quantity. */
    public void measure() {
        var measurements = new SwimMeasurements(nodes, firstSeed, seeds);
        output.accept("%-62s %9s %9s %10s".formatted(nodes + " members", "measured", "expected", "samples"));
        measurements.detection().forEach(measurement -> output.accept(measurement.toString()));
        measurements.spread().forEach(measurement -> output.accept(measurement.toString()));
        for (int indirect : INDIRECT_PROBES) {
            measurements
                    .falseSuspicions(indirect, LOSSES)
                    .forEach(measurement -> output.accept(measurement.toString()));
        }
    }

    private static String describe(FaultRun.Report report) {
        String result =
                ("seed %d: joined after %.0f periods, right again %.0f periods after the faults; live members reported"
                                + " dead %d times meanwhile, %d refutations; refused: %d incarnations, %d messages by rate, %d"
                                + " members; longest message %d bytes")
                        .formatted(
                                report.seed(),
                                report.joinPeriods(),
                                report.recoveryPeriods(),
                                report.falseDeaths(),
                                report.refutations(),
                                report.refusedIncarnations(),
                                report.refusedByRate(),
                                report.refusedMembers(),
                                report.bytesMax());
        return report.violations().isEmpty()
                ? result
                : result + "%n  FAILED: %s".formatted(String.join("; ", report.violations()));
    }
}
