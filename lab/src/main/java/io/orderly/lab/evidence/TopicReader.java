package io.orderly.lab.evidence;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Printable;
import io.orderly.contracts.Topic;
import io.orderly.lab.evidence.PublishedEvents.PublishedEvent;
import io.orderly.stack.events.HeaderText;
import io.orderly.stack.events.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads topics from their beginning to their current end, and separates the services' records from foreign records. */
final class TopicReader {

    private static final int MAX_TYPE_LENGTH = 200;
    private static final int MAX_CAUSE_LENGTH = 500;

    private final String bootstrapServers;

    TopicReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    TopicRecords read() {
        var facts = new PublishedEvents.Collector();
        List<DeadLetterRecord> deadRecords = new ArrayList<>();
        var foreign = new ForeignRecords.Collector();
        try (RecordReader reader = new RecordReader(bootstrapServers)) {
            reader.readToPresentEnd(reader.partitions(TopicReader::isEvidence), record -> {
                Optional<String> flaw = ForeignRecordCheck.flawOf(record);
                if (flaw.isPresent()) {
                    foreign.add(ForeignRecord.of(record, flaw.get()));
                } else if (ForeignRecordCheck.isDeadLetter(record.topic())) {
                    deadRecords.add(deadRecord(record));
                } else {
                    facts.add(OrderId.of(record.key()), fact(record));
                }
            });
        }
        return new TopicRecords(facts.events(), deadRecords, foreign.records());
    }

    private static boolean isEvidence(String topic) {
        return topic.equals(Topic.ORDER_EVENTS.topicName()) || ForeignRecordCheck.isDeadLetter(topic);
    }

    /** An event of an unknown type keeps its full type name. */
    private static PublishedEvent fact(ConsumerRecord<String, byte[]> event) {
        String type = String.valueOf(HeaderText.of(event, MessageHeaders.TYPE));
        return new PublishedEvent(
                String.valueOf(HeaderText.of(event, MessageHeaders.ID)),
                MessageType.named(type)
                        .map(known -> known.record().getSimpleName())
                        .orElseGet(() -> Printable.of(type, MAX_TYPE_LENGTH)));
    }

    private static DeadLetterRecord deadRecord(ConsumerRecord<String, byte[]> record) {
        String type = HeaderText.of(record, MessageHeaders.TYPE);
        return new DeadLetterRecord(
                record.topic(),
                DeadLetterRecord.beginningOf(record.key()),
                type == null ? null : Printable.of(type, MAX_TYPE_LENGTH),
                Printable.of(HeaderText.of(record, MessageHeaders.DEAD_LETTER_CAUSE), MAX_CAUSE_LENGTH));
    }
}
