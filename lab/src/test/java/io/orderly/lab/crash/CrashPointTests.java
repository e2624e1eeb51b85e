package io.orderly.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.system.SharedSystem;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A short {@code ./run lab crash-points}: each point and each service at least once. */
public abstract class CrashPointTests {

    private static final int ORDERS_PER_SECOND = 5;

    private final SharedSystem shared;

    /** @param shared with the settings of faults within services */
    protected CrashPointTests(SharedSystem shared) {
        this.shared = shared;
    }

    @Test
    void survivesACrashAtEachCrashPoint() throws Exception {
        long seed = Long.getLong("crash.seed", new Random().nextInt(1_000_000));
        System.out.println("-Dcrash.seed=" + seed);
        var plan = new CrashPlan(seed, ORDERS_PER_SECOND, Duration.ZERO, Duration.ofMinutes(2));
        var matrix = new CrashMatrix(plan, System.out);

        CrashReport report = shared.withListener(matrix.exits(), () -> matrix.run(shared.system(), shared.faults()));
        System.out.println(report);

        assertThat(report.cells())
                .hasSizeGreaterThanOrEqualTo(MatrixCell.COVER)
                .allSatisfy(each -> assertThat(each.died())
                        .as("%s was reached", each.cell())
                        .isNotNull())
                .allSatisfy(each -> assertThat(each.isSurvived()).isTrue());
        assertThat(report.cells().stream().map(each -> each.cell().service()).distinct())
                .hasSize(FaultInjector.SETTINGS.size());
        assertThat(report.unlisted()).isEmpty();
        assertThat(report.suddenDeaths()).isEmpty();
        assertThat(report.unfinished()).isNull();
        assertThat(report.audit().violations()).isEmpty();
        assertThat(report.isPassed()).isTrue();
    }
}
