package io.orderly.order.timeline.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.SagaStep;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.web.CauseView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an order's saga; what does not apply is absent.
 *
 * @param at the wall clock of whoever caused it
 * @param hybridTime such as {@code 2026-11-23T04:30:00.123Z#0005}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EntryView(
        int seq,
        TimelineEntry.Kind kind,
        @Nullable SagaStep step,
        @Nullable Integer attempt,
        @Nullable String message,
        @Nullable UUID messageId,
        @Nullable CauseView cause,
        Instant at,
        long lamportTime,
        String hybridTime,
        @Nullable String traceId) {

    static EntryView of(TimelineEntry entry) {
        return new EntryView(
                entry.seq(),
                entry.kind(),
                entry.step(),
                entry.attempt(),
                entry.message(),
                entry.messageId(),
                entry.cause() == null ? null : CauseView.of(entry.cause()),
                entry.at(),
                entry.lamportTime(),
                entry.hybridTime().toString(),
                entry.traceId());
    }
}
