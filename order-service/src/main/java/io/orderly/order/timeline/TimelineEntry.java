package io.orderly.order.timeline;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.order.saga.Cause;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a saga. Times and trace are those of the message it is about, as its sender stamped it, or
 * this service's own if it is about none.
 *
 * @param seq from 1, without gaps
 * @param step the step it is about; null if it is about none
 * @param attempt which attempt of the step; null if it is about none, or about one that is not awaited
 * @param message what was sent or heard, such as {@code ReserveInventory}; null if nothing was
 * @param messageId the message's CloudEvents id; null if it is about none
 * @param cause why, where something did not go as hoped; else null
 * @param traceId 32 hex digits; null if there was no trace
 */
public record TimelineEntry(
        OrderId orderId,
        int seq,
        Kind kind,
        @Nullable SagaStep step,
        @Nullable Integer attempt,
        @Nullable String message,
        @Nullable UUID messageId,
        @Nullable Cause cause,
        Instant at,
        long lamportTime,
        HybridTimestamp hybridTime,
        @Nullable String traceId) {

    /** What kind of thing happened. */
    public enum Kind {
        /** The order was accepted. */
        PLACED,
        /** A command was sent. */
        COMMAND,
        /** A participant answered, and the saga went on. */
        REPLY,
        /** A participant answered what was not, or no longer, awaited. */
        IGNORED,
        /** A reply could not be read. */
        DEAD_LETTER,
        /** No reply came in time. */
        DEADLINE,
        /** The customer asked for the order to be cancelled. */
        CANCELLATION,
        /** An operator stepped in. */
        OPERATOR,
        PARKED,
        RESUMED,
        CONFIRMED,
        REJECTED,
        CANCELLED;

        /** Whether the saga ends with it. */
        public boolean isEnd() {
            return this == CONFIRMED || this == REJECTED || this == CANCELLED;
        }
    }
}
