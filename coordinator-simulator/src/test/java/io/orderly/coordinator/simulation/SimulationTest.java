package io.orderly.coordinator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.simulation.history.Linearizability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs a fixed range of seeds, so that the build is reproducible. CI runs twice as many by {@code ./run simulate}, which uses new
 * seeds unless it is told the first.
 */
@Tag("slow")
class SimulationTest {

    private static final int LEAST_OPERATIONS = 200;
    private static final int LEAST_FAULTS = 20;
    private static final double LEAST_SHARE = 0.1;

    @Test
    void clustersViolateNoProperty() throws InterruptedException, IOException {
        SweepSummary summary = sweep(WorkloadKind.MAP, 75);
        assertThat(summary.leastOperations()).isGreaterThanOrEqualTo(LEAST_OPERATIONS);
        for (FaultKind kind : FaultKind.values()) {
            assertThat(summary.share(kind)).as(kind.toString()).isGreaterThan(LEAST_SHARE);
        }
    }

    /** All properties are checked while all parts are used. */
    @Test
    void theStoreViolatesNoProperty() throws InterruptedException, IOException {
        SweepSummary summary = sweep(WorkloadKind.ALL, 20);
        assertThat(summary.leastOperations()).isGreaterThanOrEqualTo(LEAST_OPERATIONS);
        for (RunMetric metric : List.of(
                RunMetric.SESSION_COMMANDS,
                RunMetric.LEASES_EXPIRED,
                RunMetric.LOCKS_ACQUIRED,
                RunMetric.OVERLAPPING_BELIEFS,
                RunMetric.STALE_TOKENS_REFUSED,
                RunMetric.WATCH_DELIVERIES,
                RunMetric.WATCHES_COMPACTED,
                RunMetric.TIMESTAMP_RANGES)) {
            assertThat(summary.count(metric)).as(metric.toString()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MAP", "ALL"})
    void eachWorkloadAloneViolatesNoProperty(WorkloadKind workload) throws InterruptedException, IOException {
        sweep(workload, 9);
    }

    private static SweepSummary sweep(WorkloadKind workload, int runs) throws InterruptedException, IOException {
        SweepSummary summary = SeedSweep.over(
                LongStream.rangeClosed(1, runs)
                        .mapToObj(seed -> new RunParameters(seed, 3 + (int) (seed % 3), workload))
                        .iterator(),
                _ -> {});
        System.out.printf("Simulated %s, seeds 1 to %d on 3, 4 and 5 nodes in turn:%n%s", workload, runs, summary);
        for (RunReport failure : summary.failures()) {
            System.out.printf(
                    "%s%n  ./run simulate %s%n  %s%n",
                    failure.violation().orElseThrow(), failure.run(), SeedSweep.trace(failure.run()));
        }
        assertThat(summary.failures()).isEmpty();
        assertThat(summary.count(Linearizability.HOLDS)).isEqualTo(runs);
        assertThat(summary.leastFaults()).isGreaterThanOrEqualTo(LEAST_FAULTS);
        return summary;
    }

    @Test
    void aSeedReproducesTheSameTrace() {
        RunParameters run = new RunParameters(4_711, 5, WorkloadKind.ALL);
        assertThat(SeedSweep.digest(run))
                .isEqualTo(SeedSweep.digest(run))
                .isNotEqualTo(SeedSweep.digest(new RunParameters(4_712, 5, WorkloadKind.MAP)));
    }

    /** For instance, the order of hash sets may differ between JVMs. */
    @Test
    void aSeedReproducesTheSameTraceInAnotherProcess() throws IOException {
        RunParameters run = new RunParameters(4_711, 4, WorkloadKind.ALL);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatorApplication.class.getName(),
                        "--seed=" + run.seed(),
                        "--nodes=" + run.nodes(),
                        "--workload=" + run.workload())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes())).contains(SeedSweep.digest(run));
    }
}
