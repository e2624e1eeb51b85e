package io.orderly.order.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.kit.testing.RepositorySlice;
import io.orderly.order.saga.Cause;
import io.orderly.order.timeline.TimelineEntry.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.transaction.TestTransaction;

class TimelinesIntegrationTest extends RepositorySlice {

    private final OrderId order = new OrderId(UUID.randomUUID());

    @Autowired
    Timelines timelines;

    @Test
    void restoresAppendedEntries() {
        var complete = new TimelineEntry(
                order,
                1,
                Kind.REPLY,
                SagaStep.CHARGE_PAYMENT,
                2,
                "StepDeclined",
                UUID.randomUUID(),
                new Cause("INSUFFICIENT_FUNDS", "3.00 EUR missing"),
                Instant.parse("2026-11-29T12:00:00.123456Z"),
                17,
                HybridTimestamp.fromLong(4_711),
                "0af7651916cd43dd8448eb211c80319c");
        TimelineEntry minimal = entry(order, 2, Kind.PARKED);

        append(complete, minimal);

        assertThat(timelines.after(order, 0, 10))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(complete, minimal);
    }

    @Test
    void returnsTheEntriesAfterANumberUpToTheLimit() {
        append(entry(order, 1, Kind.PLACED), entry(order, 2, Kind.COMMAND), entry(order, 3, Kind.REPLY));

        assertThat(timelines.after(order, 1, 1)).extracting(TimelineEntry::seq).containsExactly(2);
        assertThat(timelines.after(order, 3, 10)).isEmpty();
    }

    @Test
    void returnsTheLastEntryOfAKindWithinTheGivenSize() {
        var other = new OrderId(UUID.randomUUID());
        append(
                entry(order, 1, Kind.PARKED),
                entry(order, 2, Kind.PARKED),
                entry(order, 3, Kind.PARKED),
                entry(other, 1, Kind.PLACED));

        Map<OrderId, TimelineEntry> last = timelines.last(Kind.PARKED, Map.of(order, 2, other, 1));

        assertThat(last).containsOnlyKeys(order);
        assertThat(last.get(order).seq()).isEqualTo(2);
    }

    @Test
    void reachesTheNumbersOfItsEntriesAndZero() {
        append(entry(order, 1, Kind.PLACED));

        assertThat(timelines.reaches(order, 0)).isTrue();
        assertThat(timelines.reaches(order, 1)).isTrue();
        assertThat(timelines.reaches(order, 2)).isFalse();
    }

    /** Commits, because entries are written at the end of the transaction. */
    private void append(TimelineEntry... entries) {
        timelines.append(List.of(entries));
        TestTransaction.flagForCommit();
        TestTransaction.end();
        TestTransaction.start();
    }

    private static TimelineEntry entry(OrderId order, int seq, Kind kind) {
        return new TimelineEntry(
                order,
                seq,
                kind,
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                seq,
                HybridTimestamp.fromLong(seq),
                null);
    }
}
