package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.simulation.history.Linearizability;
import io.orderly.coordinator.simulation.history.LinearizabilityResult;
import io.orderly.stack.coordinator.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CoordinatorTortureReportTest {

    private static final CoordinatorTorturePlan PLAN =
            new CoordinatorTorturePlan(1, Duration.ofSeconds(40), CoordinatorTorturePlan.PROGRESS_BOUND);
    private static final int LEAST_HOLDS = PLAN.leastHolds();

    private static CoordinatorTortureReport report(
            Product product, int fencingTokens, int timestampRanges, List<String> problems) {
        return report(product, FaultKind.KILL, 0, fencingTokens, timestampRanges, problems);
    }

    private static CoordinatorTortureReport report(
            Product product,
            FaultKind fault,
            int refused,
            int fencingTokens,
            int timestampRanges,
            List<String> problems) {
        var linearizable = new LinearizabilityResult(Linearizability.HOLDS, PLAN.leastOperations(), 0, "");
        return new CoordinatorTortureReport(
                PLAN,
                product,
                Map.of(fault, 1),
                1,
                0,
                refused,
                LEAST_HOLDS,
                fencingTokens,
                0,
                timestampRanges,
                new HistoryVerdict(1, 0, linearizable, List.of()),
                problems,
                Duration.ofSeconds(1));
    }

    @Test
    void sufficientOperationsWithoutAProblemHold() {
        CoordinatorTortureReport report = report(Product.ORDERLY, LEAST_HOLDS, 1, List.of());

        assertThat(report.verdict()).isEqualTo(Linearizability.HOLDS);
        assertThat(report.toString()).endsWith("Verdict: holds");
    }

    @Test
    void tooFewFencingTokensAreNotDecided() {
        CoordinatorTortureReport report = report(Product.ORDERLY, LEAST_HOLDS - 1, 1, List.of());

        assertThat(report.verdict()).isEqualTo(Linearizability.NOT_DECIDED);
        assertThat(report.toString()).contains("too few");
    }

    @Test
    void noTimestampsAreNotDecided() {
        assertThat(report(Product.ORDERLY, LEAST_HOLDS, 0, List.of()).verdict()).isEqualTo(Linearizability.NOT_DECIDED);
    }

    @Test
    void disksThatAreAllFullWithoutARefusedWriteAreNotDecided() {
        assertThat(report(Product.ORDERLY, FaultKind.ALL_DISKS_FULL, 0, LEAST_HOLDS, 1, List.of())
                        .verdict())
                .isEqualTo(Linearizability.NOT_DECIDED);
        assertThat(report(Product.ORDERLY, FaultKind.ALL_DISKS_FULL, 1, LEAST_HOLDS, 1, List.of())
                        .verdict())
                .isEqualTo(Linearizability.HOLDS);
    }

    @Test
    void etcdHasNoTimestamps() {
        assertThat(report(Product.ETCD, LEAST_HOLDS, 0, List.of()).verdict()).isEqualTo(Linearizability.HOLDS);
    }

    @Test
    void aProblemIsAViolation() {
        assertThat(report(Product.ORDERLY, LEAST_HOLDS, 1, List.of("a client failed"))
                        .exitCode())
                .isOne();
    }

    @Test
    void aClientThatThrowsIsReported() {
        List<Throwable> failures = new ArrayList<>();
        var failure = new NumberFormatException("not a number");

        CoordinatorTorture.repeat(
                () -> {
                    throw failure;
                },
                new AtomicBoolean(),
                failures::add);

        assertThat(failures).containsExactly(failure);
    }
}
