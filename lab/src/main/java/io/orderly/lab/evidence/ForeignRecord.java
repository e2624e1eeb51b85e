package io.orderly.lab.evidence;

import io.orderly.contracts.Printable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that no service has written: garbage, or something under the wrong key or on the wrong topic. It says nothing
 * about any order.
 *
 * @param key printable
 * @param flaw what tells it from a record of a service, printable
 */
public record ForeignRecord(String topic, int partition, long offset, String key, String flaw) {

    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_FLAW = 200;

    static ForeignRecord of(ConsumerRecord<String, byte[]> record, String flaw) {
        return new ForeignRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Printable.of(record.key(), LONGEST_KEY),
                Printable.of(flaw, LONGEST_FLAW));
    }

    @Override
    public String toString() {
        return "%s, partition %d, offset %d, key %s: %s".formatted(topic, partition, offset, key, flaw);
    }
}
