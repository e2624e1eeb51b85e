package io.orderly.lab.evidence;

import io.orderly.contracts.Printable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was not written by a service: it is malformed, or has the wrong key or topic. It is not evidence about
 * any order.
 *
 * @param key printable
 * @param flaw the difference from a service's record, printable
 */
public record ForeignRecord(String topic, int partition, long offset, String key, String flaw) {

    private static final int MAX_KEY_LENGTH = 64;
    private static final int MAX_FLAW_LENGTH = 200;

    static ForeignRecord of(ConsumerRecord<String, byte[]> record, String flaw) {
        return new ForeignRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Printable.of(record.key(), MAX_KEY_LENGTH),
                Printable.of(flaw, MAX_FLAW_LENGTH));
    }

    @Override
    public String toString() {
        return "%s, partition %d, offset %d, key %s: %s".formatted(topic, partition, offset, key, flaw);
    }
}
