package io.orderly.kit.deadletter;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Printable;
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
record StoredDeadLetter(UUID id, RawMessage raw, @Nullable String cause, int attempts, Instant parkedAt, UUID oldest) {

    /** More than any key, id or type of our own has. */
    private static final int LONGEST_SHOWN = 200;

    boolean isOldest() {
        return id.equals(oldest);
    }

    private String whatItWaitsFor() {
        return isOldest()
                ? "waits to be replayed; what it waited behind is gone"
                : "waits behind dead letter " + oldest;
    }

    private static @Nullable String shown(@Nullable String text) {
        return text == null ? null : Printable.of(text, LONGEST_SHOWN);
    }

    DeadLetter describe() {
        TraceParent traceParent = raw.traceParent();
        return new DeadLetter(
                id,
                raw.topic(),
                raw.partition(),
                raw.offset(),
                shown(raw.key()),
                shown(raw.headers().get(MessageHeaders.ID)),
                shown(raw.headers().get(MessageHeaders.TYPE)),
                cause == null ? whatItWaitsFor() : cause,
                isOldest() ? null : oldest,
                attempts,
                parkedAt,
                traceParent == null ? null : traceParent.traceId());
    }
}
