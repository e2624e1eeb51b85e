package io.orderly.kit.messaging;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Require;
import io.orderly.contracts.UnreadableMessageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads headers and body of a message. */
public final class MessageReader {

    private MessageReader() {}

    /** @throws UnreadableMessageException if a header is missing or malformed, or the body breaks its contract */
    public static IncomingMessage read(RawMessage raw) {
        MessageMetadata metadata = metadata(raw.headers());
        Message payload = MessageCodec.decode(metadata.type(), raw.body());
        if (!payload.key().equals(raw.key())) {
            throw new UnreadableMessageException(
                    "the record's key is " + raw.key() + ", its body is about " + payload.key(), null);
        }
        return new IncomingMessage(payload, metadata);
    }

    private static MessageMetadata metadata(Map<String, String> headers) {
        String version = required(headers, MessageHeaders.SPEC_VERSION);
        if (!version.equals("1.0")) {
            throw new UnreadableMessageException("unknown CloudEvents version " + version, null);
        }
        try {
            String causation = headers.get(MessageHeaders.CAUSATION_ID);
            return new MessageMetadata(
                    Require.uuid(required(headers, MessageHeaders.ID)),
                    required(headers, MessageHeaders.TYPE),
                    required(headers, MessageHeaders.SOURCE),
                    Instant.parse(required(headers, MessageHeaders.TIME)),
                    Long.parseLong(required(headers, MessageHeaders.LAMPORT_TIME)),
                    HybridTimestamp.parse(required(headers, MessageHeaders.HYBRID_TIME)),
                    causation == null ? null : Require.uuid(causation),
                    headers.get(MessageHeaders.TRACE_PARENT));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableMessageException("malformed header: " + e.getMessage(), e);
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
