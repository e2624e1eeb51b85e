package io.orderly.lab.evidence;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Printable;
import io.orderly.contracts.Topic;
import io.orderly.lab.evidence.PublishedFacts.Fact;
import io.orderly.stack.events.HeaderText;
import io.orderly.stack.events.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads topics from their beginning to their present end, and keeps what services have written apart from the rest. */
final class Topics {

    private static final int LONGEST_TYPE = 200;
    private static final int LONGEST_CAUSE = 500;

    private final String bootstrapServers;

    Topics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    TopicRecords read() {
        var facts = new PublishedFacts.Collector();
        List<DeadRecord> deadRecords = new ArrayList<>();
        var foreign = new ForeignRecords.Collector();
        try (RecordReader reader = new RecordReader(bootstrapServers)) {
            reader.readToPresentEnd(reader.partitions(Topics::isEvidence), record -> {
                Optional<String> flaw = RecordCheck.flawOf(record);
                if (flaw.isPresent()) {
                    foreign.add(ForeignRecord.of(record, flaw.get()));
                } else if (RecordCheck.isDeadLetter(record.topic())) {
                    deadRecords.add(deadRecord(record));
                } else {
                    facts.add(OrderId.of(record.key()), fact(record));
                }
            });
        }
        return new TopicRecords(facts.facts(), deadRecords, foreign.records());
    }

    private static boolean isEvidence(String topic) {
        return topic.equals(Topic.ORDER_EVENTS.topicName()) || RecordCheck.isDeadLetter(topic);
    }

    /** An event of a type that is newer than this program goes by its full name. */
    private static Fact fact(ConsumerRecord<String, byte[]> event) {
        String type = String.valueOf(HeaderText.of(event, MessageHeaders.TYPE));
        return new Fact(
                String.valueOf(HeaderText.of(event, MessageHeaders.ID)),
                MessageType.named(type)
                        .map(known -> known.record().getSimpleName())
                        .orElseGet(() -> Printable.of(type, LONGEST_TYPE)));
    }

    private static DeadRecord deadRecord(ConsumerRecord<String, byte[]> record) {
        String type = HeaderText.of(record, MessageHeaders.TYPE);
        return new DeadRecord(
                record.topic(),
                DeadRecord.beginningOf(record.key()),
                type == null ? null : Printable.of(type, LONGEST_TYPE),
                Printable.of(HeaderText.of(record, MessageHeaders.DEAD_LETTER_CAUSE), LONGEST_CAUSE));
    }
}
