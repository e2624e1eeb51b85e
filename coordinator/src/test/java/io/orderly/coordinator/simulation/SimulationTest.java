package io.orderly.coordinator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.simulation.history.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A fixed range of seeds, so that a build that was green stays so; {@code ./run simulate} goes where nobody went before. */
class SimulationTest {

    private static final int RUNS = 300;
    private static final int LEAST_OPERATIONS = 200;
    private static final int LEAST_FAULTS = 20;
    private static final double LEAST_SHARE = 0.1;

    @Test
    void clustersKeepTheirPromises() throws InterruptedException, IOException {
        Summary summary = Sweep.over(
                LongStream.rangeClosed(1, RUNS)
                        .mapToObj(seed -> new Run(seed, 3 + (int) (seed % 3)))
                        .iterator(),
                _ -> {});
        System.out.printf("Simulated seeds 1 to %d on 3, 4 and 5 nodes in turn:%n%s", RUNS, summary);
        for (RunReport failure : summary.failures()) {
            System.out.printf(
                    "%s%n  ./run simulate %s%n  %s%n",
                    failure.violation().orElseThrow(), failure.run(), Sweep.trace(failure.run()));
        }
        assertThat(summary.failures()).isEmpty();
        assertThat(summary.count(Verdict.HOLDS)).isEqualTo(RUNS);
        assertThat(summary.leastOperations()).isGreaterThanOrEqualTo(LEAST_OPERATIONS);
        assertThat(summary.leastFaults()).isGreaterThanOrEqualTo(LEAST_FAULTS);
        for (FaultKind kind : FaultKind.values()) {
            assertThat(summary.share(kind)).as(kind.toString()).isGreaterThan(LEAST_SHARE);
        }
    }

    @Test
    void aSeedIsOneRunToTheLetter() {
        Run run = new Run(4_711, 5);
        assertThat(Sweep.digest(run)).isEqualTo(Sweep.digest(run)).isNotEqualTo(Sweep.digest(new Run(4_712, 5)));
    }

    /** The order of hash sets, for one thing, may differ from one JVM to the next. */
    @Test
    void aSeedIsTheSameRunInAnotherProcess() throws IOException {
        Run run = new Run(4_711, 4);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulateCommand.class.getName(),
                        "--seed=" + run.seed(),
                        "--nodes=" + run.nodes())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes())).contains(Sweep.digest(run));
    }
}
