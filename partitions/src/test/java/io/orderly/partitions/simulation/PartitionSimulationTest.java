package io.orderly.partitions.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dpartitions.seeds=…} runs more seeds, and prints what they did. */
class PartitionSimulationTest {

    private static final int SEEDS = Integer.getInteger("partitions.seeds", 5);
    private static final boolean REPORTS = System.getProperty("partitions.seeds") != null;

    /** A lease that was just renewed has to end, and requests may be late. */
    private static final long RECOVERY_MILLIS = 10_000;

    @Test
    void oneInstanceWorksOnEachPartitionAndAllAreOwnedAfterTheFaults() {
        List<PartitionSimulation.Result> results = LongStream.range(0, SEEDS)
                .mapToObj(seed -> run(seed, Breakage.NONE))
                .toList();
        if (REPORTS) {
            report(results);
        }
        assertThat(results).anyMatch(result -> result.refused() > 0);
        assertThat(results).allMatch(result -> result.acquisitions() > 64 && result.accepted() > 0);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(run(3, Breakage.NONE)).isEqualTo(run(3, Breakage.NONE));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void eachRuleThatIsLeftOutIsNoticed(Breakage breakage) {
        assertThatThrownBy(() -> LongStream.range(0, 50).forEach(seed -> run(seed, breakage)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("partition ");
    }

    private static void report(List<PartitionSimulation.Result> results) {
        System.out.printf(
                "partitions: %d seeds, %d acquisitions, %d writes accepted, %d refused, recovery at most %d ms%n",
                SEEDS,
                results.stream()
                        .mapToLong(PartitionSimulation.Result::acquisitions)
                        .sum(),
                results.stream().mapToLong(PartitionSimulation.Result::accepted).sum(),
                results.stream().mapToLong(PartitionSimulation.Result::refused).sum(),
                results.stream()
                        .mapToLong(PartitionSimulation.Result::recoveryMillis)
                        .max()
                        .orElseThrow());
    }

    private static PartitionSimulation.Result run(long seed, Breakage breakage) {
        try {
            return new PartitionSimulation(seed, breakage).run(RECOVERY_MILLIS);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; seed " + seed, e);
        }
    }
}
