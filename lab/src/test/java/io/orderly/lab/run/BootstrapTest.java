package io.orderly.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final int SAMPLES = 1_000;

    /** Without the correction for small samples, intervals of six values hold the mean in 86 of 100 samples. */
    @Test
    void holdsTheMeanOfSmallSamplesAsOftenAsItsLevelSays() {
        long seed = 1;
        var random = new Random(seed);
        for (int values : new int[] {Bootstrap.LEAST_VALUES, 12}) {
            int held = 0;
            for (int sample = 0; sample < SAMPLES; sample++) {
                double[] normal = random.doubles(values)
                        .map(_ -> 3 + random.nextGaussian())
                        .toArray();
                Interval interval = Bootstrap.ofMean(normal, 0.95, sample);
                held += interval.contains(3) ? 1 : 0;
            }
            assertThat(held / (double) SAMPLES)
                    .as("share of intervals of %d values that hold the mean, seed %d", values, seed)
                    .isBetween(0.93, 0.975);
        }
    }

    @Test
    void theSeedDeterminesTheInterval() {
        double[] values = {0.1, 0.4, 0.3, 0.9, 0.25, 0.6, 0.7};
        Interval interval = Bootstrap.ofMean(values, 0.95, 5);
        assertThat(Bootstrap.ofMean(values, 0.95, 5)).isEqualTo(interval);
        assertThat(Bootstrap.ofMean(values, 0.95, 6)).isNotEqualTo(interval);
    }

    @Test
    void fewValuesHaveNoInterval() {
        assertThat(Bootstrap.ofMean(new double[Bootstrap.LEAST_VALUES - 1], 0.95, 1))
                .isNull();
        assertThat(Bootstrap.ofMean(new double[Bootstrap.LEAST_VALUES], 0.95, 1))
                .isEqualTo(new Interval(0, 0));
    }
}
