package io.orderly.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrossingTest {

    private static final int PAIRS = 6;

    @Test
    void isOnALineThroughTheRatiosOfBothLevels() {
        assertThat(crossings(equal(4), equal(2), equal(0.25))).singleElement().satisfies(crossing -> {
            assertThat(crossing.below()).isEqualTo(4);
            assertThat(crossing.above()).isEqualTo(16);
            // log 2 of log 2 + log 4, on the way from 4 to 16
            double at = 4 * Math.pow(4, 1 / 3.0);
            assertThat(crossing.at()).isCloseTo(at, within(1e-9));
            assertThat(crossing.interval().low()).isCloseTo(at, within(1e-9));
            assertThat(crossing.interval().high()).isCloseTo(at, within(1e-9));
        });
    }

    @Test
    void anArmWithoutGoodputCrossesInTheMiddle() {
        assertThat(crossings(equal(4), equal(2), equal(0)))
                .singleElement()
                .satisfies(crossing -> assertThat(crossing.at()).isEqualTo(8));
    }

    @Test
    void fewPairsAtOneLevelHaveNoInterval() {
        assertThat(crossings(equal(4), new double[] {2, 2, 2}, equal(0.25)))
                .singleElement()
                .satisfies(crossing -> {
                    assertThat(crossing.below()).isEqualTo(4);
                    assertThat(crossing.interval()).isNull();
                });
    }

    @Test
    void severalCrossingsHaveNoIntervals() {
        assertThat(crossings(equal(2), equal(0.5), equal(2)))
                .containsExactly(new Crossing(1, 4, 2, null), new Crossing(4, 16, 8, null));
    }

    @Test
    void curvesThatDoNotCrossHaveNone() {
        assertThat(crossings(equal(2), equal(3), equal(4))).isEmpty();
    }

    @Test
    void theIntervalIsOpenWhereTheCurvesMayCrossBeyondTheLevels() {
        Crossing high = crossings(equal(4), equal(2), new double[] {0.9, 0.9, 0.9, 0.9, 1.1, 1.1})
                .getFirst();
        assertThat(high.interval().high()).isInfinite();
        assertThat(high.interval().low()).isBetween(4.0, 16.0);
        Crossing low = crossings(new double[] {1.1, 1.1, 1.1, 1.1, 0.9, 0.9}, equal(0.5), equal(0.25))
                .getFirst();
        assertThat(low.interval().low()).isZero();
        assertThat(low.interval().high()).isBetween(1.0, 4.0);
    }

    @Test
    void holdsTheCrossingAsOftenAsItsLevelSays() {
        int samples = 200;
        double truth = 6;
        long seed = 1;
        var random = new Random(seed);
        int held = 0;
        for (int sample = 0; sample < samples; sample++) {
            var logarithms = new TreeMap<Integer, double[]>();
            for (int level : List.of(1, 4, 16, 64)) {
                // a straight line on logarithmic scales, which crosses there
                double mean = Math.log(truth / level);
                logarithms.put(
                        level,
                        random.doubles(PAIRS)
                                .map(_ -> mean + 0.3 * random.nextGaussian())
                                .toArray());
            }
            List<Crossing> crossings = Crossing.of(logarithms, sample);
            assertThat(crossings).hasSize(1);
            held += crossings.getFirst().interval().contains(truth) ? 1 : 0;
        }
        assertThat(held / (double) samples)
                .as("share of intervals that hold the crossing, seed %d", seed)
                .isBetween(0.93, 0.995);
    }

    /** @param ratios of the pairs with 1, 4 and 16 orders in flight */
    private static List<Crossing> crossings(double[]... ratios) {
        var logarithms = new TreeMap<Integer, double[]>();
        for (int i = 0; i < ratios.length; i++) {
            logarithms.put(1 << 2 * i, Arrays.stream(ratios[i]).map(Math::log).toArray());
        }
        return Crossing.of(logarithms, 1);
    }

    private static double[] equal(double ratio) {
        double[] ratios = new double[PAIRS];
        Arrays.fill(ratios, ratio);
        return ratios;
    }
}
