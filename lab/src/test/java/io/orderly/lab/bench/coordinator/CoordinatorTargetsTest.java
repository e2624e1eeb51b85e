package io.orderly.lab.bench.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.orderly.lab.bench.coordinator.CoordinatorTargets.Target;
import io.orderly.lab.bench.coordinator.Measurement.Phase;
import io.orderly.lab.load.Latency;
import io.orderly.stack.coordinator.Product;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoordinatorTargetsTest {

    private static final CrowdResult CROWD =
            new CrowdResult(latency(4), latency(7), 10_000, 10_000, latency(9), 200, 0);

    private static Latency latency(double p99Millis) {
        return new Latency(1_000, 1, 1, p99Millis, p99Millis, p99Millis);
    }

    private static Measurement measured(String load, double perSecond, double p99Millis) {
        return new Measurement(Phase.WARM, load, 100, perSecond, 0, null, latency(p99Millis), 50, 20, 1 << 20);
    }

    private static ProductResult result(Product product, Duration gap, Measurement... measurements) {
        return new ProductResult(
                product,
                Map.of(),
                Duration.ofSeconds(5),
                1 << 20,
                List.of(measurements),
                CROWD,
                List.of(gap),
                List.of());
    }

    @Test
    void targetsAreRelativeToEtcd() {
        ProductResult ours = result(
                Product.ORDERLY,
                Duration.ofMillis(400),
                measured(ProductBench.PUTS, 1_600, 9),
                measured(ProductBench.LINEARIZABLE_READS, 1_400, 9),
                measured(ProductBench.TIMESTAMPS, 1_001, 9));
        ProductResult etcd = result(
                Product.ETCD,
                Duration.ofMillis(1_400),
                measured(ProductBench.PUTS, 1_000, 10),
                measured(ProductBench.LINEARIZABLE_READS, 1_000, 10));

        assertThat(CoordinatorTargets.of(ours, etcd))
                .extracting(Target::what, Target::value, Target::isMet)
                .containsExactly(
                        tuple("puts/s relative to etcd, 100 clients", "1.60 times", true),
                        tuple("p99 of puts relative to etcd, 100 clients", "0.90 times", true),
                        tuple("linearizable reads/s relative to etcd, 100 clients", "1.40 times", false),
                        tuple("timestamps/s, 100 clients", "1,001,000", true),
                        tuple("p99 of puts beside idle connections, relative to alone", "1.75 times", true),
                        tuple("p99 of puts beside reconnecting watches, relative to alone", "2.25 times", false),
                        tuple("next write after a killed leader, median", "400 ms", true));
    }
}
