package io.orderly.kit.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.contracts.MessageHeaders;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as Kafka delivered it, not yet parsed.
 *
 * @param timestamp when it was produced, in milliseconds since 1970; -1 if unknown
 * @param key null if the record has none
 * @param headers decoded as UTF-8; of several with the same name, the last
 * @param body empty if the record has none
 */
public record RawMessage(
        String topic,
        int partition,
        long offset,
        long timestamp,
        @Nullable String key,
        Map<String, String> headers,
        byte[] body) {

    /** The trace context; null if there is none or it is invalid, which W3C Trace Context says to ignore. */
    public @Nullable TraceParent traceParent() {
        return TraceParent.parse(headers.get(MessageHeaders.TRACE_PARENT));
    }

    /**
     * A SHA-256 digest of key, headers and body. Together with position and timestamp it identifies the record. The position
     * alone does not, because offsets start at 0 again when a topic is deleted and created again.
     */
    public byte[] digest() {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            try (var all = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha256))) {
                all.writeBoolean(key != null);
                writeText(all, key == null ? "" : key);
                all.writeInt(headers.size());
                for (Map.Entry<String, String> header : headers.entrySet()) {
                    writeText(all, header.getKey());
                    writeText(all, header.getValue());
                }
                all.write(body);
            }
            return sha256.digest();
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("SHA-256 is always available and the stream does no I/O", e);
        }
    }

    /** Prefixed with its length, so that different records give different bytes. */
    private static void writeText(DataOutputStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    /** Converts a record. Accepts every content. */
    public static RawMessage of(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), UTF_8));
        }
        byte[] body = record.value() == null ? new byte[0] : record.value();
        // PostgreSQL's text type does not allow NUL; valid keys have none
        String key = record.key() == null ? null : record.key().replace('\u0000', '\uFFFD');
        return new RawMessage(
                record.topic(), record.partition(), record.offset(), record.timestamp(), key, headers, body);
    }
}
