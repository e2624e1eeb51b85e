package io.orderly.lab.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.system.SystemFolder;
import io.orderly.lab.torture.TorturePlan.Faults.Nemesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A short {@code ./run torture orders}: faults of all kinds, at a fixed rate of orders. */
@Tag("system")
@ResourceLock(SystemFolder.LOCK)
class NemesisIntegrationTest {

    private static final double ORDERS_PER_SECOND = 6;
    private static final int LEAST_ACKNOWLEDGED = 100;
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void noOrderIsLostOrProcessedTwiceWithFaultsOfAllKinds() throws Exception {
        long seed = Long.getLong("torture.seed", new Random().nextInt(1_000_000));
        System.out.println("-Dtorture.seed=" + seed);
        Path home = Path.of("..").toAbsolutePath().normalize();

        var plan = new TorturePlan(seed, ORDERS_PER_SECOND, LEAST_ACKNOWLEDGED, new Nemesis(), TIME, PATIENCE);
        TortureReport report = new Torture(plan, System.out).run(home, SystemFolder.PATH);
        System.out.println(report);

        assertThat(report.audit().violations()).isEmpty();
        assertThat(report.unfinished()).isNull();
        assertThat(report.suddenDeaths()).isEmpty();
        assertThat(report.audit().acknowledged()).isGreaterThanOrEqualTo(LEAST_ACKNOWLEDGED);
        assertThat(report.faults()).hasSameSizeAs(NemesisSchedule.of(seed, TIME).faults());
        assertThat(report.deaths()).isNotEmpty().allSatisfy(death -> {
            assertThat(death.ordersInFlight()).isPositive();
            assertThat(death.backAfter()).isNotNull();
        });
        assertThat(report.isPassed()).isTrue();
    }
}
