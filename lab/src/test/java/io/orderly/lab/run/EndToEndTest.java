package io.orderly.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.run.Measured.Bound;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class EndToEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void ordersWithoutAnEndAreTheSlowest() {
        EndToEnd latency = EndToEnd.of(endedAfterMillis(50, 100), 100, PATIENCE);
        assertThat(latency.orders()).isEqualTo(100);
        assertThat(latency.unended()).isEqualTo(50);
        assertThat(latency.p50()).isEqualTo(new Measured(100.031, Bound.EXACT, 100));
        assertThat(latency.p90()).isEqualTo(new Measured(30_000, Bound.AT_LEAST, 100));
    }

    @Test
    void anEndAfterThePatienceIsNoEnd() {
        Histogram late = endedAfterMillis(50, 100);
        late.add(endedAfterMillis(50, 29_000));
        late.add(endedAfterMillis(20, 300_000));
        EndToEnd latency = EndToEnd.of(late, 120, PATIENCE);
        assertThat(latency.unended()).isEqualTo(20);
        assertThat(latency.p50().bound()).isEqualTo(Bound.EXACT);
        assertThat(latency.p90()).isEqualTo(new Measured(30_000, Bound.AT_LEAST, 120));
        assertThat(latency.spectrum().getLast().millis()).isBetween(29_990.0, 30_020.0);
    }

    @Test
    void aPercentileNeedsTenOrdersBeyondIt() {
        assertThat(EndToEnd.of(endedAfterMillis(19, 5), 19, PATIENCE).p50()).isNull();
        assertThat(EndToEnd.of(endedAfterMillis(20, 5), 20, PATIENCE).p50()).isNotNull();
        assertThat(EndToEnd.of(endedAfterMillis(99, 5), 99, PATIENCE).p90()).isNull();
        assertThat(EndToEnd.of(endedAfterMillis(100, 5), 100, PATIENCE).p90()).isNotNull();
        assertThat(EndToEnd.of(endedAfterMillis(999, 5), 999, PATIENCE).p99()).isNull();
        assertThat(EndToEnd.of(endedAfterMillis(1_000, 5), 1_000, PATIENCE).p99())
                .isNotNull();
        assertThat(EndToEnd.of(endedAfterMillis(9_999, 5), 9_999, PATIENCE).p999())
                .isNull();
        assertThat(EndToEnd.of(endedAfterMillis(10_000, 5), 10_000, PATIENCE).p999())
                .isNotNull();
    }

    @Test
    void ordersWithoutAnEndAreSamples() {
        EndToEnd latency = EndToEnd.of(endedAfterMillis(10, 5), 20, PATIENCE);
        assertThat(latency.p50()).isEqualTo(new Measured(5.003, Bound.EXACT, 20));
        assertThat(EndToEnd.of(endedAfterMillis(9, 5), 20, PATIENCE).p50())
                .isEqualTo(new Measured(30_000, Bound.AT_LEAST, 20));
    }

    @Test
    void theSpectrumEndsWithTheLastPercentileOfEnoughOrders() {
        var increasing = new Histogram(3);
        for (int millis = 1; millis <= 200; millis++) {
            increasing.recordValue(millis * 1_000);
        }
        EndToEnd latency = EndToEnd.of(increasing, 200, PATIENCE);
        assertThat(latency.spectrum().getLast().percentile()).isBetween(90.0, 95.0);
        assertThat(EndToEnd.of(new Histogram(3), 0, PATIENCE).spectrum()).isEmpty();
    }

    private static Histogram endedAfterMillis(int orders, long millis) {
        var micros = new Histogram(3);
        micros.recordValueWithCount(millis * 1_000, orders);
        return micros;
    }
}
