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
 * A record as Kafka delivered it, before anyone looked inside.
 *
 * @param timestamp when it was produced, in milliseconds; -1 if the record does not say
 * @param key null if the record has none
 * @param headers as text; of several with one name the last
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

    /** The trace it belongs to; null if it carries none, or an invalid one, which W3C Trace Context has ignored. */
    public @Nullable TraceParent traceParent() {
        return TraceParent.parse(headers.get(MessageHeaders.TRACE_PARENT));
    }

    /**
     * A SHA-256 digest of key, headers and body. With position and timestamp it names the record: a position alone does not, for
     * a topic that was deleted and made anew counts from 0 again.
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
            throw new IllegalStateException("every Java platform has SHA-256, and nothing is written anywhere", e);
        }
    }

    /** With its length, so that no two different records write the same bytes. */
    private static void writeText(DataOutputStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    /** Reads a record; nothing in it makes this fail. */
    public static RawMessage of(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), UTF_8));
        }
        byte[] body = record.value() == null ? new byte[0] : record.value();
        // PostgreSQL's text cannot hold NUL, and no key of ours has one
        String key = record.key() == null ? null : record.key().replace('\u0000', '\uFFFD');
        return new RawMessage(
                record.topic(), record.partition(), record.offset(), record.timestamp(), key, headers, body);
    }
}
