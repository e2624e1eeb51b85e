package io.orderly.lab.bench;

import io.orderly.lab.bench.BenchReport.Target;
import io.orderly.lab.load.PhaseResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the order system should reach. */
final class Targets {

    /** What all but one request in a thousand have to keep. */
    static final Duration ACCEPTANCE = Duration.ofMillis(100);

    private static final double SECONDS_TO_FIRST_ORDER = 60;
    private static final double MEMORY_GIB = 3;
    private static final double PART_OF_YARDSTICK = 15;
    private static final double TIMES_OF_YARDSTICK = 25;
    private static final double TIMES_OF_FLOOR = 1.4;
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
                atMost("start to the first order confirmed", "%.1f s", SECONDS_TO_FIRST_ORDER, secondsToFirstOrder),
                atMost("memory of all processes, then", "%.2f GiB", MEMORY_GIB, memoryAfterStartBytes / GIBIBYTE),
                atMost(
                        "orders/s, of pgbench -N -c 32",
                        "1/%.1f",
                        PART_OF_YARDSTICK,
                        manyClients.transactionsPerSecond() / highestRate),
                atMost("requests turned away while measured", "%.0f", 0, measured.repeated()),
                atMost(
                        "to acceptance, p99.9",
                        "%.1f ms",
                        ACCEPTANCE.toMillis(),
                        measured.toAcceptance().p999Millis()),
                atMost(
                        "an order alone, of pgbench -N -c 1",
                        "%.1f times",
                        TIMES_OF_YARDSTICK,
                        alone.acceptanceToEnd().p50Millis() / oneClient.latencyMillis()),
                atMost(
                        "an order alone with its acceptance, of its floor",
                        "%.2f times",
                        TIMES_OF_FLOOR,
                        alone.toEnd().p50Millis() / floor.millis()));
    }

    /** @param format of both numbers */
    private static Target atMost(String what, String format, double goal, double value) {
        return new Target(what, words(format, goal), words(format, value), value <= goal);
    }

    private static String words(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
