package io.orderly.lab.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.experiment.PlannedFault;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.system.SystemFolder;
import io.orderly.lab.torture.TorturePlan.Faults.Nemesis;
import io.orderly.stack.coordinator.Coordinators;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A short {@code ./run torture orders}: at least one fault of each kind, at a fixed rate of orders. */
@Tag("system")
@ResourceLock(SystemFolder.LOCK)
class NemesisIntegrationTest {

    private static final double ORDERS_PER_SECOND = 6;
    private static final int LEAST_ACKNOWLEDGED = 100;
    private static final Duration TIME = Duration.ofSeconds(38);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Far more than the search needs. */
    private static final int MOST_SEEDS = 100_000;

    @Test
    void noOrderIsLostOrProcessedTwiceWithFaultsOfAllKinds() throws Exception {
        long seed = Long.getLong("torture.seed", seedWithAllKinds(new Random().nextInt(1_000_000)));
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

    /** The first seed from the given one on whose faults are of all kinds, also in this short time. */
    private static long seedWithAllKinds(long first) {
        return LongStream.range(first, first + MOST_SEEDS)
                .filter(seed -> kinds(NemesisSchedule.of(seed, TIME)) == NemesisKind.values().length)
                .findFirst()
                .orElseThrow();
    }

    /** How many of the kinds there are, which differ also in whether they affect a coordinator, or one direction of a link. */
    private static long kinds(NemesisSchedule schedule) {
        return schedule.faults().stream()
                .map(PlannedFault::fault)
                .map(fault -> fault.kind()
                        + isOfCoordinator(fault.target())
                        + (fault instanceof Fault.Cut cut && cut.direction() != null))
                .distinct()
                .count();
    }

    private static boolean isOfCoordinator(String target) {
        return Coordinators.isMember(target) || target.equals(FaultInjector.COORDINATOR_LEADER);
    }
}
