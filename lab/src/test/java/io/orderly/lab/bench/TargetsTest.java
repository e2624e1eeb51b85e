package io.orderly.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderly.lab.bench.BenchReport.Target;
import io.orderly.lab.load.Latency;
import io.orderly.lab.load.Phase;
import io.orderly.lab.load.PhaseResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private static final Latency FAST = latency(10, 100);

    @Test
    void areMetUpToAndIncludingTheirLimits() {
        assertThat(of(result(FAST, 0, 0), 14))
                .extracting(Target::what, Target::goal, Target::value, Target::isMet)
                .contains(
                        tuple("retried requests", "0", "0", true),
                        tuple("time to acceptance, p99.9", "100.0 ms", "100.0 ms", true),
                        tuple("order alone with acceptance relative to floor", "1.40 times", "1.40 times", true));
    }

    @Test
    void aRetriedRequestMissesTheTargetAndARejectedRequestDoesNot() {
        assertThat(met(result(FAST, 1, 0), 14, "retried requests")).isTrue();
        assertThat(met(result(FAST, 0, 1), 14, "retried requests")).isFalse();
    }

    @Test
    void aSlowAcceptanceMissesTheTarget() {
        assertThat(met(result(latency(10, 100.1), 0, 0), 14, "time to acceptance, p99.9"))
                .isFalse();
    }

    @Test
    void aLatencyTooFarAboveTheFloorMissesTheTarget() {
        assertThat(met(result(FAST, 0, 0), 14.1, "order alone with acceptance relative to floor"))
                .isFalse();
    }

    private static boolean met(PhaseResult measured, double aloneMillis, String what) {
        return of(measured, aloneMillis).stream()
                .filter(target -> target.what().equals(what))
                .findAny()
                .orElseThrow()
                .isMet();
    }

    private static List<Target> of(PhaseResult measured, double aloneMillis) {
        return Targets.of(
                30,
                1 << 30,
                300,
                measured,
                result(latency(aloneMillis, aloneMillis), 0, 0),
                new LatencyFloor(3, 2, 5, 10),
                new Pgbench.Result(1, 1_000, 1),
                new Pgbench.Result(32, 3_000, 10));
    }

    private static Latency latency(double p50Millis, double p999Millis) {
        return new Latency(1_000, p50Millis, p50Millis, p999Millis, p999Millis, p999Millis);
    }

    private static PhaseResult result(Latency latency, long refused, long repeated) {
        return new PhaseResult(
                new Phase("test", 1, Duration.ofSeconds(1)),
                Duration.ofSeconds(1),
                1_000,
                1_000,
                refused,
                0,
                repeated,
                Map.of(),
                1_000,
                latency,
                latency,
                latency,
                latency,
                List.of());
    }
}
