package io.orderly.lab.bench;

import io.orderly.lab.bench.BenchReport.Target;
import io.orderly.lab.load.PhaseResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The performance targets of the order system. */
final class Targets {

    /** The limit of the 99.9th percentile of the time to acceptance. */
    static final Duration ACCEPTANCE = Duration.ofMillis(100);

    private static final double SECONDS_TO_FIRST_ORDER = 60;
    private static final double MEMORY_GIB = 3;
    private static final double YARDSTICK_DIVISOR = 15;
    private static final double YARDSTICK_FACTOR = 25;
    private static final double FLOOR_FACTOR = 1.4;
    private static final double GIBIBYTE = 1 << 30;

    private Targets() {}

    static List<Target> of(
            double secondsToFirstOrder,
            long memoryAfterStartBytes,
            double highestRate,
            PhaseResult measured,
            PhaseResult alone,
            LatencyFloor floor,
            Pgbench.Result oneClient,
            Pgbench.Result manyClients) {
        return List.of(
                atMost("time to the first confirmed order", "%.1f s", SECONDS_TO_FIRST_ORDER, secondsToFirstOrder),
                atMost(
                        "memory of all processes at that time",
                        "%.2f GiB",
                        MEMORY_GIB,
                        memoryAfterStartBytes / GIBIBYTE),
                atMost(
                        "orders/s relative to pgbench -N -c 32",
                        "1/%.1f",
                        YARDSTICK_DIVISOR,
                        manyClients.transactionsPerSecond() / highestRate),
                atMost("retried requests", "%.0f", 0, measured.repeated()),
                atMost(
                        "time to acceptance, p99.9",
                        "%.1f ms",
                        ACCEPTANCE.toMillis(),
                        measured.toAcceptance().p999Millis()),
                atMost(
                        "order alone relative to pgbench -N -c 1",
                        "%.1f times",
                        YARDSTICK_FACTOR,
                        alone.acceptanceToEnd().p50Millis() / oneClient.latencyMillis()),
                atMost(
                        "order alone with acceptance relative to floor",
                        "%.2f times",
                        FLOOR_FACTOR,
                        alone.toEnd().p50Millis() / floor.millis()));
    }

    /** @param format the format of both numbers */
    private static Target atMost(String what, String format, double goal, double value) {
        return new Target(what, text(format, goal), text(format, value), value <= goal);
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
