package io.orderly.order.timeline.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.timeline.TimelineEntry.Kind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntryOrderTest {

    private static final OrderId ORDER = new OrderId(UUID.fromString("0199f2c8-7c00-7000-8000-000000000001"));
    private static final long T = Instant.parse("2026-11-30T04:30:00Z").toEpochMilli();

    /** The payment-service's wall clock is 30 s behind, and its hybrid clock follows the received timestamps. */
    private static final List<TimelineEntry> SKEWED = List.of(
            entry(1, Kind.PLACED, null, T, 1, new HybridTimestamp(T, 0)),
            entry(2, Kind.COMMAND, SagaStep.RESERVE_INVENTORY, T, 2, new HybridTimestamp(T, 1)),
            entry(3, Kind.REPLY, SagaStep.RESERVE_INVENTORY, T + 20, 4, new HybridTimestamp(T + 20, 0)),
            entry(4, Kind.COMMAND, SagaStep.CHARGE_PAYMENT, T + 30, 5, new HybridTimestamp(T + 30, 0)),
            entry(5, Kind.REPLY, SagaStep.CHARGE_PAYMENT, T - 29_960, 7, new HybridTimestamp(T + 30, 2)),
            entry(6, Kind.COMMAND, SagaStep.SCHEDULE_SHIPMENT, T + 50, 8, new HybridTimestamp(T + 50, 0)));

    @Test
    void aSkewedWallClockPutsAReplyBeforeItsCommand() {
        List<TimelineEntry> sorted = EntryOrder.WALL.sort(SKEWED);

        assertThat(sorted).extracting(TimelineEntry::seq).containsExactly(5, 1, 2, 3, 4, 6);
        assertThat(EntryOrder.effectsBeforeCauses(sorted)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WALL")
    void otherOrdersKeepCausesBeforeEffects(EntryOrder order) {
        List<TimelineEntry> sorted = order.sort(SKEWED);

        assertThat(sorted).extracting(TimelineEntry::seq).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(EntryOrder.effectsBeforeCauses(sorted)).isZero();
    }

    /** A reply is an effect of its command, but not of the deadline that passed before the reply arrived. */
    @Test
    void aLateReplyMayStandBeforeTheDeadlineThatItMissed() {
        List<TimelineEntry> late = List.of(
                entry(1, Kind.COMMAND, SagaStep.CHARGE_PAYMENT, T, 1, new HybridTimestamp(T, 0)),
                entry(2, Kind.DEADLINE, SagaStep.CHARGE_PAYMENT, T + 60, 2, new HybridTimestamp(T + 60, 0)),
                entry(3, Kind.IGNORED, SagaStep.CHARGE_PAYMENT, T + 50, 2, new HybridTimestamp(T + 50, 0)));

        List<TimelineEntry> sorted = EntryOrder.HYBRID.sort(late);

        assertThat(sorted).extracting(TimelineEntry::seq).containsExactly(1, 3, 2);
        assertThat(EntryOrder.effectsBeforeCauses(sorted)).isZero();
    }

    @Test
    void anIgnoredReplyBeforeItsCommandCounts() {
        assertThat(EntryOrder.effectsBeforeCauses(
                        List.of(entry(1, Kind.IGNORED, SagaStep.CHARGE_PAYMENT, T, 1, new HybridTimestamp(T, 0)))))
                .isEqualTo(1);
    }

    private static TimelineEntry entry(
            int seq, Kind kind, @Nullable SagaStep step, long wallMillis, long lamport, HybridTimestamp hybrid) {
        return new TimelineEntry(
                ORDER,
                seq,
                kind,
                step,
                null,
                null,
                null,
                null,
                Instant.ofEpochMilli(wallMillis),
                lamport,
                hybrid,
                null);
    }
}
