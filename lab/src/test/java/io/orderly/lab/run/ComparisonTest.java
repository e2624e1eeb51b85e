package io.orderly.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orderly.lab.run.Measured.Bound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void theRatioIsTheGeometricMeanOfThePairs() {
        Comparison comparison = of(2, 8).orElseThrow();
        assertThat(comparison.ratio().value()).isCloseTo(4, within(1e-9));
        assertThat(comparison.pairs()).isEqualTo(2);
    }

    @Test
    void fewPairsHaveNoIntervalAndDecideNothing() {
        Comparison comparison = of(9, 10, 11, 10, 9).orElseThrow();
        assertThat(comparison.interval()).isNull();
        assertThat(comparison.isDecided()).isFalse();
    }

    @Test
    void isDecidedIfTheIntervalDoesNotContainOne() {
        assertThat(of(1.4, 1.6, 1.5, 1.3, 1.7, 1.5).orElseThrow().isDecided()).isTrue();
        assertThat(of(0.4, 0.6, 0.5, 0.3, 0.7, 0.5).orElseThrow().isDecided()).isTrue();
        assertThat(of(1.4, 0.6, 1.5, 0.9, 1.7, 0.8).orElseThrow().isDecided()).isFalse();
    }

    @Test
    void aCensoredPairMakesTheRatioABoundAndOpensTheIntervalOnThatSide() {
        List<Optional<Measured>> ratios = ratios(4, 5, 6, 5, 4);
        ratios.add(Optional.of(new Measured(9, Bound.AT_LEAST, 0)));
        Comparison atLeast = Comparison.of(ratios, 1).orElseThrow();
        assertThat(atLeast.ratio().bound()).isEqualTo(Bound.AT_LEAST);
        assertThat(atLeast.interval().high()).isInfinite();
        assertThat(atLeast.interval().low()).isBetween(3.5, 5.0);
        assertThat(atLeast.isDecided()).isTrue();

        ratios.set(5, Optional.of(new Measured(0.1, Bound.AT_MOST, 0)));
        assertThat(Comparison.of(ratios, 1).orElseThrow().interval().low()).isZero();
        ratios.set(0, Optional.of(new Measured(9, Bound.AT_LEAST, 0)));
        assertThat(Comparison.of(ratios, 1)).isEmpty();
    }

    @Test
    void aPairWithoutARatioIsNotLeftOut() {
        List<Optional<Measured>> ratios = ratios(4, 5, 6, 5, 4, 5);
        ratios.add(Optional.empty());
        assertThat(Comparison.of(ratios, 1)).isEmpty();
        assertThat(Comparison.of(List.of(), 1)).isEmpty();
    }

    @Test
    void anArmWithoutAnyMakesTheRatioInfinite() {
        Comparison comparison = of(9, Double.POSITIVE_INFINITY, 8, 9, 10, 9).orElseThrow();
        assertThat(comparison.ratio().value()).isInfinite();
        assertThat(comparison.interval().low()).isBetween(8.0, 10.0);
        assertThat(of(0, Double.POSITIVE_INFINITY)).isEmpty();
    }

    private static Optional<Comparison> of(double... ratios) {
        return Comparison.of(ratios(ratios), 1);
    }

    private static List<Optional<Measured>> ratios(double... ratios) {
        return new ArrayList<>(Arrays.stream(ratios)
                .mapToObj(ratio -> Optional.of(Measured.exactly(ratio)))
                .toList());
    }
}
