package io.orderly.kit.deadletter;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Printable;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.messaging.TraceParent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as stored, with the unchanged message.
 *
 * @param cause why it failed; null if it was not tried and only waits
 * @param oldest the oldest dead letter of its topic and key; its own id if it is the oldest
 */
record StoredDeadLetter(UUID id, RawMessage raw, @Nullable String cause, int attempts, Instant parkedAt, UUID oldest) {

    /** Longer than every key, id and type of the project's own messages. */
    private static final int MAX_LENGTH = 200;

    boolean isOldest() {
        return id.equals(oldest);
    }

    private String waitingCause() {
        return isOldest()
                ? "waits to be replayed; the dead letter ahead of it was replayed or discarded"
                : "waits behind dead letter " + oldest;
    }

    private static @Nullable String printable(@Nullable String text) {
        return text == null ? null : Printable.of(text, MAX_LENGTH);
    }

    DeadLetter describe() {
        TraceParent traceParent = raw.traceParent();
        return new DeadLetter(
                id,
                raw.topic(),
                raw.partition(),
                raw.offset(),
                printable(raw.key()),
                printable(raw.headers().get(MessageHeaders.ID)),
                printable(raw.headers().get(MessageHeaders.TYPE)),
                cause == null ? waitingCause() : cause,
                isOldest() ? null : oldest,
                attempts,
                parkedAt,
                traceParent == null ? null : traceParent.traceId());
    }
}
