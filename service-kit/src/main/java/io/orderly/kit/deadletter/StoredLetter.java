package io.orderly.kit.deadletter;

import io.orderly.contracts.MessageHeaders;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.messaging.TraceParent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is kept, with the message itself.
 *
 * @param cause why it failed; null if it was never tried and only waits
 * @param oldest the oldest dead letter of its topic and key, maybe itself
 */
record StoredLetter(UUID id, RawMessage raw, @Nullable String cause, int attempts, Instant parkedAt, UUID oldest) {

    boolean isOldest() {
        return id.equals(oldest);
    }

    private String whatItWaitsFor() {
        return isOldest()
                ? "waits to be replayed; what it waited behind is gone"
                : "waits behind dead letter " + oldest;
    }

    DeadLetter describe() {
        TraceParent traceParent = raw.traceParent();
        return new DeadLetter(
                id,
                raw.topic(),
                raw.partition(),
                raw.offset(),
                raw.key(),
                raw.headers().get(MessageHeaders.ID),
                raw.headers().get(MessageHeaders.TYPE),
                cause == null ? whatItWaitsFor() : cause,
                isOldest() ? null : oldest,
                attempts,
                parkedAt,
                traceParent == null ? null : traceParent.traceId());
    }
}
