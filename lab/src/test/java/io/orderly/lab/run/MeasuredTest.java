package io.orderly.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.run.Measured.Bound;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuredTest {

    private static final Measured AT_LEAST_30 = new Measured(30, Bound.AT_LEAST, 200);

    @Test
    void theMedianOfRunsIsABoundIfItsMiddleIs() {
        assertThat(Measured.median(List.of())).isEmpty();
        assertThat(Measured.median(List.of(AT_LEAST_30, exact(1), exact(2)))).contains(exact(2));
        assertThat(Measured.median(List.of(exact(1), AT_LEAST_30, AT_LEAST_30)))
                .contains(new Measured(30, Bound.AT_LEAST, 100));
        assertThat(Measured.median(List.of(AT_LEAST_30, exact(10)))).contains(new Measured(20, Bound.AT_LEAST, 100));
        assertThat(Measured.median(List.of(AT_LEAST_30, exact(30)))).contains(new Measured(30, Bound.AT_LEAST, 100));
    }

    @Test
    void theMedianHasTheSamplesOfTheSmallestRun() {
        List<Measured> runs = IntStream.of(300, 120, 200)
                .mapToObj(samples -> new Measured(1, Bound.EXACT, samples))
                .toList();
        assertThat(Measured.median(runs)).contains(new Measured(1, Bound.EXACT, 120));
    }

    @Test
    void aRatioIsABoundOnTheSideThatIsKnown() {
        assertThat(exact(6).dividedBy(exact(3))).contains(exact(2));
        assertThat(AT_LEAST_30.dividedBy(exact(3))).contains(new Measured(10, Bound.AT_LEAST, 100));
        assertThat(exact(3).dividedBy(AT_LEAST_30)).contains(new Measured(0.1, Bound.AT_MOST, 100));
        assertThat(AT_LEAST_30.dividedBy(AT_LEAST_30)).isEmpty();
        assertThat(exact(3).dividedBy(exact(0))).contains(exact(Double.POSITIVE_INFINITY));
        assertThat(exact(0).dividedBy(exact(0))).isEmpty();
    }

    private static Measured exact(double value) {
        return new Measured(value, Bound.EXACT, 100);
    }
}
