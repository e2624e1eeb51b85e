package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.simulation.history.Linearizability;
import io.orderly.lab.coordinator.OrderlyProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short {@code ./run torture coordinator}. */
@Tag("system")
class CoordinatorTortureIntegrationTest {

    private static final Duration TIME = Duration.ofSeconds(40);
    private static final Duration PROGRESS_BOUND = Duration.ofSeconds(30);

    @Test
    void responsesAreCorrectWhileMembersAreKilledSuspendedAndDisconnectedAndTheirClocksAndDisksFail() throws Exception {
        long seed = Long.getLong("torture.seed", new Random().nextInt(1_000_000));
        System.out.println("-Dtorture.seed=" + seed);
        Path home = Path.of("..").toAbsolutePath().normalize();
        Path data = Path.of("target", "torture-coordinator").toAbsolutePath();
        var plan = new CoordinatorTorturePlan(seed, TIME, PROGRESS_BOUND);

        CoordinatorTortureReport report = new CoordinatorTorture(plan, System.out)
                .run(OrderlyProgram.withFaults(home, OrderlyProgram.SHORT_LIVED_JVM, data.resolve("program")), data);
        System.out.println(report);

        assertThat(report.problems()).isEmpty();
        assertThat(report.history().linearizability().reason()).isEmpty();
        assertThat(report.history().deviations()).isEmpty();
        assertThat(report.faults().values()).isNotEmpty();
        assertThat(report.verdict()).isEqualTo(Linearizability.HOLDS);
    }
}
