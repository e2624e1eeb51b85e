package io.orderly.lab.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.system.SystemFolder;
import io.orderly.lab.torture.TorturePlan.Faults.Kills;
import io.orderly.stack.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A short {@code ./run torture orders --only-kills}: every process is killed three times under load. */
@Tag("system")
@ResourceLock(SystemFolder.LOCK)
class TortureIntegrationTest {

    private static final int KILLS = 21;
    private static final int ORDERS = 400;
    private static final int LEAST_ACKNOWLEDGED = 300;
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final int MOST_DOWN = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void noOrderIsLostOrProcessedTwiceWhileEveryProcessIsKilled() throws Exception {
        long seed = Long.getLong("torture.seed", new Random().nextInt(1_000_000));
        System.out.println("-Dtorture.seed=" + seed);
        Path home = Path.of("..").toAbsolutePath().normalize();
        Path data = SystemFolder.PATH;

        double ordersPerSecond = (double) ORDERS / TIME.toSeconds();
        var plan =
                new TorturePlan(seed, ordersPerSecond, LEAST_ACKNOWLEDGED, new Kills(KILLS, MOST_DOWN), TIME, PATIENCE);
        TortureReport report = new Torture(plan, System.out).run(home, data);
        System.out.println(report);

        assertThat(report.audit().violations()).isEmpty();
        assertThat(report.unfinished()).isNull();
        assertThat(report.suddenDeaths()).isEmpty();
        assertThat(report.audit().acknowledged()).isGreaterThanOrEqualTo(LEAST_ACKNOWLEDGED);
        assertThat(report.deaths()).hasSizeGreaterThanOrEqualTo(20).allSatisfy(death -> {
            assertThat(death.ordersInFlight()).isPositive();
            assertThat(death.backAfter()).isNotNull();
        });
        assertThat(report.deathsByProcess())
                .containsOnlyKeys(
                        Topology.POSTGRESQL,
                        Topology.KAFKA,
                        Topology.PROVIDER,
                        Topology.ORDER,
                        Topology.INVENTORY,
                        Topology.PAYMENT,
                        Topology.SHIPPING)
                .allSatisfy((process, deaths) -> assertThat(deaths).isGreaterThanOrEqualTo(2));
        assertThat(report.isPassed()).isTrue();
    }
}
