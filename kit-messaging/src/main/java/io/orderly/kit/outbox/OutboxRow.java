package io.orderly.kit.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.partitions.PartitionId;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A message in the outbox.
 *
 * @param position the position in the outbox, assigned by the database; rows of one key are published in this order
 */
public record OutboxRow(
        long position,
        String topic,
        String key,
        Map<String, String> headers,
        byte[] body,
        long lamportTime,
        long hybridTime) {

    /** Rows of one key are in one partition. */
    PartitionId partition() {
        return PartitionId.of(key);
    }

    public ProducerRecord<String, byte[]> toRecord() {
        var record = new ProducerRecord<>(topic, key, body);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }
}
