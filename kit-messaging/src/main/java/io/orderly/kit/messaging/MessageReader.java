package io.orderly.kit.messaging;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Printable;
import io.orderly.contracts.Require;
import io.orderly.contracts.UnreadableMessageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers and the body of a message. A required header that is missing or malformed makes the message unreadable.
 * An optional header that is malformed is ignored: causation and trace are diagnostic data, and an order must not fail
 * because of them. Other headers, such as {@code tracestate}, are not checked and not propagated; a dead letter keeps them.
 */
public final class MessageReader {

    private static final Instant MIN_TIME = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant MAX_TIME_EXCLUSIVE = Instant.parse("+10000-01-01T00:00:00Z");

    private static final int MAX_QUOTATION_LENGTH = 100;

    private MessageReader() {}

    /** @throws UnreadableMessageException if a header is missing or malformed, or the body breaks its contract */
    public static IncomingMessage read(RawMessage raw) {
        MessageMetadata metadata = metadata(raw);
        Message payload = MessageCodec.decode(metadata.type(), raw.body());
        if (!payload.key().equals(raw.key())) {
            throw new UnreadableMessageException(
                    "the key of the record is " + quoted(String.valueOf(raw.key())) + ", but its body has key "
                            + payload.key(),
                    null);
        }
        return new IncomingMessage(payload, metadata);
    }

    private static String quoted(String text) {
        return Printable.of(text, MAX_QUOTATION_LENGTH);
    }

    private static MessageMetadata metadata(RawMessage raw) {
        Map<String, String> headers = raw.headers();
        String version = required(headers, MessageHeaders.SPEC_VERSION);
        if (!version.equals("1.0")) {
            throw new UnreadableMessageException("unknown CloudEvents version " + quoted(version), null);
        }
        try {
            return new MessageMetadata(
                    Require.uuid(required(headers, MessageHeaders.ID)),
                    required(headers, MessageHeaders.TYPE),
                    required(headers, MessageHeaders.SOURCE),
                    time(required(headers, MessageHeaders.TIME)),
                    lamportTime(required(headers, MessageHeaders.LAMPORT_TIME)),
                    HybridTimestamp.parse(required(headers, MessageHeaders.HYBRID_TIME)),
                    causationId(headers.get(MessageHeaders.CAUSATION_ID)),
                    raw.traceParent());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableMessageException("malformed header: " + quoted(String.valueOf(e.getMessage())), e);
        }
    }

    /** RFC 3339 has years of four digits; PostgreSQL does not support all values of Instant. */
    private static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(MIN_TIME) || !time.isBefore(MAX_TIME_EXCLUSIVE)) {
            throw new IllegalArgumentException("the year is not from 0000 to 9999");
        }
        return time;
    }

    private static long lamportTime(String text) {
        long time = Long.parseLong(text);
        if (time < 0) {
            throw new IllegalArgumentException("the Lamport time is negative");
        }
        return time;
    }

    private static @Nullable UUID causationId(@Nullable String text) {
        try {
            return text == null ? null : Require.uuid(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static String required(Map<String, String> headers, String name) {
        @Nullable String value = headers.get(name);
        if (value == null || value.isEmpty()) {
            throw new UnreadableMessageException("header " + name + " is missing", null);
        }
        return value;
    }
}
