package io.orderly.kit.messaging;

import io.orderly.clock.HybridTimestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a message.
 *
 * @param id identifies the message; all copies have the same id
 * @param type the CloudEvents type
 * @param source the service that sent it
 * @param time the sender's wall clock
 * @param lamportTime the sender's Lamport time
 * @param hybridTime the sender's hybrid time
 * @param causationId the id of the message that caused it; null if there is none
 * @param traceParent W3C trace context; null if there is none or it is invalid
 */
public record MessageMetadata(
        UUID id,
        String type,
        String source,
        Instant time,
        long lamportTime,
        HybridTimestamp hybridTime,
        @Nullable UUID causationId,
        @Nullable TraceParent traceParent) {

    /** The 32 hex digits of the trace; null if there is no trace. */
    public @Nullable String traceId() {
        return traceParent == null ? null : traceParent.traceId();
    }
}
