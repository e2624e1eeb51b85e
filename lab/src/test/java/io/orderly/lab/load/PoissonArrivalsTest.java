package io.orderly.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PoissonArrivalsTest {

    @Test
    void haveExponentialIntervalsWithTheGivenRate() {
        var arrivals = new PoissonArrivals(200, 11);
        long[] gaps = LongStream.range(0, 20_000)
                .map(_ -> arrivals.nextIntervalNanos())
                .toArray();
        double mean = LongStream.of(gaps).average().orElseThrow();
        assertThat(mean).isCloseTo(5e6, within(2e5));
        // a fraction of 1/e of exponential intervals is longer than the mean
        double longer = LongStream.of(gaps).filter(gap -> gap > mean).count() / 20_000.0;
        assertThat(longer).isCloseTo(Math.exp(-1), within(0.02));
    }

    @Test
    void areTheSameForTheSameSeed() {
        var one = new PoissonArrivals(10, 3);
        var same = new PoissonArrivals(10, 3);
        for (int i = 0; i < 100; i++) {
            assertThat(same.nextIntervalNanos()).isEqualTo(one.nextIntervalNanos());
        }
    }
}
