package io.orderly.lab.bench.coordinator;

import io.orderly.lab.bench.coordinator.Measurement.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The targets of the coordinator, beside etcd on the same machine. */
final class CoordinatorTargets {

    private static final double TIMES = 1.5;
    private static final double TIMESTAMPS_PER_SECOND = 1_000_000;
    private static final long GAP_MILLIS = 1_000;

    /** Loads with fewer clients have no target beside etcd. */
    private static final int FEW = 10;

    private static final double TIMES_BESIDE_A_CROWD = 2;

    private CoordinatorTargets() {}

    /**
     * @param goal the limit, formatted
     * @param value the measured value, formatted
     */
    record Target(String what, String goal, String value, boolean isMet) {}

    static List<Target> of(ProductResult ours, ProductResult etcd) {
        List<Target> targets = new ArrayList<>();
        for (Measurement our : ours.measurements()) {
            if (our.phase() == Phase.WARM && our.clients() > FEW) {
                etcd.find(Phase.WARM, our.load(), our.clients()).ifPresent(other -> addBeside(targets, our, other));
                if (our.load().equals(ProductBench.TIMESTAMPS)) {
                    double perSecond = our.perSecond() * Loads.TIMESTAMPS;
                    targets.add(new Target(
                            "timestamps/s, %,d clients".formatted(our.clients()),
                            text("%,.0f", TIMESTAMPS_PER_SECOND),
                            text("%,.0f", perSecond),
                            perSecond >= TIMESTAMPS_PER_SECOND));
                }
            }
        }
        targets.add(beside("idle connections", ours.crowd().idleRatio()));
        targets.add(beside("reconnecting watches", ours.crowd().watchesRatio()));
        ours.medianGap()
                .ifPresent(gap -> targets.add(new Target(
                        "next write after a killed leader, median",
                        GAP_MILLIS + " ms",
                        gap.toMillis() + " ms",
                        gap.toMillis() < GAP_MILLIS)));
        return targets;
    }

    private static Target beside(String others, double ratio) {
        return new Target(
                "p99 of puts beside %s, relative to alone".formatted(others),
                text("%.1f times", TIMES_BESIDE_A_CROWD),
                text("%.2f times", ratio),
                ratio <= TIMES_BESIDE_A_CROWD);
    }

    private static void addBeside(List<Target> targets, Measurement our, Measurement other) {
        boolean isPut = our.load().equals(ProductBench.PUTS);
        if (isPut || our.load().equals(ProductBench.LINEARIZABLE_READS)) {
            double times = our.perSecond() / other.perSecond();
            targets.add(new Target(
                    "%s/s relative to etcd, %,d clients".formatted(our.load(), our.clients()),
                    text("%.1f times", TIMES),
                    text("%.2f times", times),
                    times >= TIMES));
        }
        if (isPut) {
            double p99 = our.latency().p99Millis() / other.latency().p99Millis();
            targets.add(new Target(
                    "p99 of puts relative to etcd, %,d clients".formatted(our.clients()),
                    text("%.1f times", 1.0),
                    text("%.2f times", p99),
                    p99 <= 1));
        }
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
