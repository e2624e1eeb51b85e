package io.orderly.kit.messaging;

import io.orderly.clock.HybridTimestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a message say.
 *
 * @param id names the message, in every copy of it
 * @param type its CloudEvents type
 * @param source the service that sent it
 * @param time the sender's wall clock
 * @param lamportTime the sender's Lamport time
 * @param hybridTime the sender's hybrid time
 * @param causationId the message that caused it; null if none did
 * @param traceParent W3C trace context; null if it carries no valid one
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
