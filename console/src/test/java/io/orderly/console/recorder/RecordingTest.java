package io.orderly.console.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.faults.FaultsView;
import io.orderly.console.faults.FaultsView.Control;
import io.orderly.console.faults.FaultsView.FaultState;
import io.orderly.console.order.OrderStatus;
import io.orderly.console.order.OrderTrack;
import io.orderly.console.order.OrderTrack.Change;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private static final long NOW = 10_000_000;
    private static final long TEN_MINUTES_AGO = NOW - 600_000;

    @Test
    void beginsTenMinutesAgoOrWithTheFirstMessage() {
        assertThat(recording(List.of(), FaultsView.OFF).fromMillis()).isEqualTo(TEN_MINUTES_AGO);
        assertThat(recording(List.of(order(NOW - 900_000, NOW)), FaultsView.OFF).fromMillis())
                .isEqualTo(TEN_MINUTES_AGO);
        assertThat(recording(List.of(order(NOW - 5_000, NOW), order(NOW - 7_000)), FaultsView.OFF)
                        .fromMillis())
                .isEqualTo(NOW - 7_000);
        assertThat(recording(List.of(order(NOW + 5_000)), FaultsView.OFF).fromMillis())
                .as("a clock that is ahead")
                .isEqualTo(NOW);
    }

    @Test
    void aChangeAfterTheEndIsAtTheEnd() {
        Recording recording = recording(List.of(order(NOW - 5_000, NOW + 60_000)), FaultsView.OFF);
        assertThat(recording.orders().getFirst().changes())
                .extracting(Change::atMillis)
                .containsExactly(NOW - 5_000, NOW);
    }

    @Test
    void hasTheFaultsOfItsTime() {
        FaultsView faults = new FaultsView(
                Control.ON,
                List.of(fault("active", NOW - 100, null)),
                List.of(
                        fault("ended", NOW - 1_000, NOW - 500L),
                        fault("earlier", NOW - 9_000_000, TEN_MINUTES_AGO + 1),
                        fault("before", NOW - 9_000_000, TEN_MINUTES_AGO - 1)));
        assertThat(recording(List.of(), faults).faults())
                .extracting(FaultState::id)
                .containsExactly("earlier", "ended", "active");
    }

    private static Recording recording(List<OrderTrack> orders, FaultsView faults) {
        return Recording.of(orders, faults, 0, NOW);
    }

    private static OrderTrack order(long... atMillis) {
        return new OrderTrack(
                "id",
                null,
                null,
                Arrays.stream(atMillis)
                        .mapToObj(at -> new Change(at, "OrderPlaced", "ORDER>ORDER", OrderStatus.PENDING, false, null))
                        .toList());
    }

    private static FaultState fault(String id, long since, @Nullable Long ended) {
        return new FaultState(id, "cut", "a->b", "", since, null, ended, true, "");
    }
}
