package io.orderly.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderTrackerTest {

    private static final OrderId ORDER = new OrderId(new UUID(3, 4));

    private final PhaseRecorder recorder = new PhaseRecorder(new Phase("test", 1, Duration.ofSeconds(1)));
    private final OrderTracker tracker = new OrderTracker();

    @Test
    void anOrderIsInFlightFromItsAcceptanceToItsEnd() {
        tracker.accepted(ORDER, recorder, 0, 1_000_000);
        assertThat(tracker.inFlight()).isEqualTo(1);
        tracker.ended(ORDER, Outcome.CONFIRMED, 3_000_000);
        assertThat(tracker.inFlight()).isZero();
        PhaseResult result = recorder.result(Duration.ofSeconds(1));
        assertThat(result.outcomes()).containsEntry(Outcome.CONFIRMED, 1L);
        assertThat(result.toEnd().maxMillis()).isBetween(2.99, 3.01);
        assertThat(result.acceptanceToEnd().maxMillis()).isBetween(1.99, 2.01);
    }

    @Test
    void theEndMayOvertakeTheAnswer() {
        tracker.ended(ORDER, Outcome.REJECTED, 3_000_000);
        assertThat(tracker.inFlight()).isZero();
        tracker.accepted(ORDER, recorder, 0, 4_000_000);
        assertThat(tracker.inFlight()).isZero();
        PhaseResult result = recorder.result(Duration.ofSeconds(1));
        assertThat(result.outcomes()).containsEntry(Outcome.REJECTED, 1L);
        assertThat(result.acceptanceToEnd().maxMillis()).isZero();
    }

    @Test
    void aCopyOfTheEndCountsOnce() {
        tracker.accepted(ORDER, recorder, 0, 1);
        tracker.ended(ORDER, Outcome.CONFIRMED, 2);
        tracker.ended(ORDER, Outcome.CONFIRMED, 3);
        assertThat(tracker.inFlight()).isZero();
        assertThat(recorder.result(Duration.ofSeconds(1)).outcomes()).containsEntry(Outcome.CONFIRMED, 1L);
    }
}
