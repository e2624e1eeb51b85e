package io.orderly.gossip.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Few samples, so the tolerances are wide. The seeds are fixed, so the results are always the same. */
class SwimMeasurementsTest {

    private final SwimMeasurements measurements = new SwimMeasurements(30, 1, 2);

    @Test
    void crashesAreDetectedAsSoonAsTheAnalysisExpects() {
        assertThat(new SwimMeasurements(40, 1, 10).detection())
                .allSatisfy(measurement ->
                        assertThat(measurement.measured()).isCloseTo(measurement.expected(), Offset.offset(0.5)));
    }

    @Test
    void updatesSpreadAsFastAsTheAnalysisExpects() {
        assertThat(measurements.spread())
                .hasSizeGreaterThan(2)
                .allSatisfy(measurement ->
                        assertThat(measurement.measured()).isCloseTo(measurement.expected(), Offset.offset(5.0)));
    }

    @Test
    void lossesCauseAsManyFalseSuspicionsAsTheAnalysisExpects() {
        for (int indirectProbes : new int[] {0, 3}) {
            assertThat(measurements.falseSuspicions(indirectProbes, 0.1, 0.2))
                    .allSatisfy(measurement ->
                            assertThat(measurement.measured()).isCloseTo(measurement.expected(), Offset.offset(0.04)));
        }
    }
}
