package io.orderly.kit.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as Kafka delivered it, before anyone looked inside.
 *
 * @param key null if the record has none
 * @param headers as text; of several with one name the last
 * @param body empty if the record has none
 */
public record RawMessage(
        String topic, int partition, long offset, @Nullable String key, Map<String, String> headers, byte[] body) {

    /** Reads a record; nothing in it makes this fail. */
    public static RawMessage of(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), UTF_8));
        }
        byte[] body = record.value() == null ? new byte[0] : record.value();
        // PostgreSQL's text cannot hold NUL, and no key of ours has one
        String key = record.key() == null ? null : record.key().replace('\u0000', '\uFFFD');
        return new RawMessage(record.topic(), record.partition(), record.offset(), key, headers, body);
    }
}
