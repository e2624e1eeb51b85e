package io.orderly.order.timeline.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.SagaStep;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.web.CauseView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a saga's timeline; fields that do not apply are absent.
 *
 * @param cause the reason of a failure; of an operator's request, with the reason {@code BY_OPERATOR}, who sent it and why
 * @param at the wall clock time of the sender of the message, or of this service if there was no message
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
