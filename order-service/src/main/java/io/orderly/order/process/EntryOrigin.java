package io.orderly.order.process;

import io.orderly.clock.HybridTimestamp;
import io.orderly.kit.messaging.MessageMetadata;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When something happened by the clocks of whoever caused it, and in which trace.
 *
 * @param messageId the message that says so; null if none does
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
