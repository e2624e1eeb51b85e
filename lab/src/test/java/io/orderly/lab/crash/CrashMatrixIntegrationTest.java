package io.orderly.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.system.SystemFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The time-limited matrix: each point and each service at least once, and further cells as time permits. */
@Tag("system")
@ResourceLock(SystemFolder.LOCK)
class CrashMatrixIntegrationTest {

    private static final int ORDERS_PER_SECOND = 5;

    @Test
    void survivesACrashAtEachCrashPoint() throws Exception {
        long seed = Long.getLong("crash.seed", new Random().nextInt(1_000_000));
        System.out.println("-Dcrash.seed=" + seed);
        var plan = new CrashPlan(seed, ORDERS_PER_SECOND, Duration.ofSeconds(45), Duration.ofMinutes(2));
        Path data = SystemFolder.PATH;

        CrashReport report = new CrashMatrix(plan, System.out)
                .run(Path.of("..").toAbsolutePath().normalize(), data);
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
