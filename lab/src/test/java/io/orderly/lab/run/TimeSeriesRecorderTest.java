package io.orderly.lab.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.OrderScenario;
import io.orderly.lab.run.RunResult.OrderEnd;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void aWrongEndIsOneAtAnyTimeButAParkedOrderHasNone() {
        ended(OrderScenario.ORDINARY, OrderOutcome.REJECTED, 0, 60_000);
        ended(OrderScenario.UNPAYABLE, OrderOutcome.CONFIRMED, 0, 100);
        ended(OrderScenario.UNPAYABLE, OrderOutcome.REJECTED, 0, 100);
        ended(OrderScenario.ORDINARY, OrderOutcome.CONFIRMED, 0, 60_000);
        ended(OrderScenario.ORDINARY, OrderOutcome.PARKED, 0, 100);
        assertThat(recorder.wrongEnds()).isEqualTo(2);
    }

    @Test
    void keepsAnEvenSelectionOfManyEnds() {
        for (int i = 0; i < 4_500; i++) {
            ended(OrderScenario.ORDINARY, OrderOutcome.CONFIRMED, i, i + 10);
        }
        assertThat(recorder.ends())
                .hasSizeBetween(500, 1_000)
                .allSatisfy(end -> assertThat(end.millis()).isEqualTo(10));
        List<Double> at = recorder.ends().stream().map(OrderEnd::at).toList();
        assertThat(IntStream.range(1, at.size()).mapToObj(i -> Math.round((at.get(i) - at.get(i - 1)) * 1e3)))
                .containsOnly(8L);
    }

    private void ended(OrderScenario scenario, OrderOutcome outcome, long intendedMillis, long atMillis) {
        recorder.ended(scenario, outcome, MILLISECONDS.toNanos(intendedMillis), MILLISECONDS.toNanos(atMillis));
    }
}
