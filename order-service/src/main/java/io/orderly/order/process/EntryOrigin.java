package io.orderly.order.process;

import io.orderly.clock.HybridTimestamp;
import io.orderly.kit.messaging.MessageMetadata;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The times and the trace of the cause of a timeline entry, as its sender recorded them.
 *
 * @param messageId the id of the message that caused the entry; null if no message did
 * @param traceId null if there was no trace
 */
record EntryOrigin(
        Instant at,
        long lamportTime,
        HybridTimestamp hybridTime,
        @Nullable UUID messageId,
        @Nullable String traceId) {

    static EntryOrigin of(MessageMetadata message) {
        return new EntryOrigin(
                message.time(), message.lamportTime(), message.hybridTime(), message.id(), message.traceId());
    }
}
