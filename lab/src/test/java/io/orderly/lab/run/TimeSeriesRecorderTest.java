package io.orderly.lab.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.OrderScenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeSeriesRecorderTest {

    private final TimeSeriesRecorder recorder = new TimeSeriesRecorder(0, Duration.ofSeconds(2));

    @Test
    void goodputIsTheRightEndWithinTheObjectiveWhenItOccurs() {
        ended(OrderScenario.ORDINARY, OrderOutcome.CONFIRMED, 150, 2_150);
        ended(OrderScenario.ORDINARY, OrderOutcome.CONFIRMED, 150, 2_151);
        ended(OrderScenario.ORDINARY, OrderOutcome.REJECTED, 2_100, 2_160);
        ended(OrderScenario.UNPAYABLE, OrderOutcome.REJECTED, 300, 320);
        assertThat(recorder.goodput().tenths()).hasSize(22);
        assertThat(recorder.goodput().orders(0, 3)).isZero();
        assertThat(recorder.goodput().orders(3, 4)).isEqualTo(1);
        assertThat(recorder.goodput().orders(21, 22)).isEqualTo(1);
        assertThat(recorder.goodput().orders(0, 99)).isEqualTo(2);
        assertThat(recorder.goodput().perSecond(2, 4)).isEqualTo(0.5);
    }

    private void ended(OrderScenario scenario, OrderOutcome outcome, long intendedMillis, long atMillis) {
        recorder.ended(scenario, outcome, MILLISECONDS.toNanos(intendedMillis), MILLISECONDS.toNanos(atMillis));
    }
}
