package io.orderly.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTimeTest {

    private static final TimeSeriesRecorder.Count USUAL = new TimeSeriesRecorder.Count(10, 10, 10, 100.0, 300.0);
    private static final TimeSeriesRecorder.Count SLOW = new TimeSeriesRecorder.Count(10, 10, 10, 900.0, 3_000.0);
    private static final TimeSeriesRecorder.Count LOST = new TimeSeriesRecorder.Count(10, 30, 5, 100.0, 300.0);

    @Test
    void endsAtTheFirstOfThreeNormalSeconds() {
        assertThat(recovery(SLOW, SLOW, USUAL, USUAL, USUAL)).isEqualTo(2);
    }

    @Test
    void twoNormalSecondsAreNotEnough() {
        assertThat(recovery(USUAL, USUAL, SLOW, USUAL, USUAL)).isNull();
    }

    @Test
    void workingOffABacklogIsNotRecovery() {
        assertThat(recovery(LOST, LOST, LOST, LOST)).isNull();
    }

    @Test
    void isZeroIfTheFaultHadNoEffect() {
        assertThat(recovery(USUAL, USUAL, USUAL)).isEqualTo(0);
    }

    private static Double recovery(TimeSeriesRecorder.Count... after) {
        List<TimeSeriesRecorder.Count> seconds = new ArrayList<>(List.of(USUAL, USUAL, USUAL, SLOW));
        seconds.addAll(List.of(after));
        return RecoveryTime.seconds(seconds, 0, 3, 4.0, seconds.size());
    }
}
