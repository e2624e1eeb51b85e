package io.orderly.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderTrackerTest {

    private static final OrderId ORDER = new OrderId(new UUID(3, 4));

    private final OrderTracker tracker = new OrderTracker();
    private final List<String> endings = new ArrayList<>();

    @Test
    void anOrderIsInFlightFromItsAcceptanceToItsOutcome() {
        tracker.accepted(ORDER, this::write);
        assertThat(tracker.inFlight()).isEqualTo(1);
        tracker.ended(ORDER, OrderOutcome.CONFIRMED, 3);
        assertThat(tracker.inFlight()).isZero();
        assertThat(endings).containsExactly("CONFIRMED at 3");
    }

    @Test
    void theOutcomeMayArriveBeforeTheResponse() {
        tracker.ended(ORDER, OrderOutcome.REJECTED, 3);
        assertThat(tracker.inFlight()).isZero();
        tracker.accepted(ORDER, this::write);
        assertThat(tracker.inFlight()).isZero();
        assertThat(endings).containsExactly("REJECTED at 3");
    }

    @Test
    void ignoresADuplicateOutcome() {
        tracker.accepted(ORDER, this::write);
        tracker.ended(ORDER, OrderOutcome.CONFIRMED, 2);
        tracker.ended(ORDER, OrderOutcome.CONFIRMED, 3);
        assertThat(tracker.inFlight()).isZero();
        assertThat(endings).containsExactly("CONFIRMED at 2");
    }

    private void write(OrderOutcome outcome, long atNanos) {
        endings.add(outcome + " at " + atNanos);
    }
}
