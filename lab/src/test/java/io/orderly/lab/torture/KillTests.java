package io.orderly.lab.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.system.SharedSystem;
import io.orderly.lab.torture.TorturePlan.Faults.Kills;
import io.orderly.stack.Topology;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A short {@code ./run torture orders --only-kills}: every process is killed under load, up to three at once. */
public abstract class KillTests {

    /** One of each process: the schedule repeats none before it had all. */
    private static final int KILLS = 7;

    private static final double ORDERS_PER_SECOND = 6;
    private static final int LEAST_ACKNOWLEDGED = 80;
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final int MOST_DOWN = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SharedSystem shared;

    protected KillTests(SharedSystem shared) {
        this.shared = shared;
    }

    @Test
    void noOrderIsLostOrProcessedTwiceWhileEveryProcessIsKilled() throws Exception {
        long seed = Long.getLong("torture.seed", new Random().nextInt(1_000_000));
        System.out.println("-Dtorture.seed=" + seed);

        var plan = new TorturePlan(
                seed, ORDERS_PER_SECOND, LEAST_ACKNOWLEDGED, new Kills(KILLS, MOST_DOWN), TIME, PATIENCE);
        var restarter = new ProcessRestarter();
        TortureReport report = shared.withListener(
                restarter, () -> new Torture(plan, System.out).run(shared.system(), shared.faults(), restarter));
        System.out.println(report);

        assertThat(report.audit().violations()).isEmpty();
        assertThat(report.unfinished()).isNull();
        assertThat(report.suddenDeaths()).isEmpty();
        assertThat(report.audit().acknowledged()).isGreaterThanOrEqualTo(LEAST_ACKNOWLEDGED);
        assertThat(report.deaths()).hasSize(KILLS).allSatisfy(death -> {
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
                        Topology.SHIPPING);
        assertThat(report.isPassed()).isTrue();
    }
}
