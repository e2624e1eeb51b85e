package io.orderly.lab.evidence;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.lab.evidence.PublishedFacts.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads topics from their beginning to their present end. */
final class Topics {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final String DEAD_LETTERS = Topic.deadLetterTopicName("");

    private final String bootstrapServers;

    Topics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    PublishedFacts facts() {
        var facts = new PublishedFacts.Collector();
        read(
                Topic.ORDER_EVENTS.topicName()::equals,
                event -> facts.add(
                        OrderId.of(event.key()),
                        new Fact(String.valueOf(header(event, MessageHeaders.ID)), nameOf(event))));
        return facts.facts();
    }

    List<DeadRecord> deadRecords() {
        List<DeadRecord> records = new ArrayList<>();
        read(
                topic -> topic.endsWith(DEAD_LETTERS),
                dead -> records.add(new DeadRecord(
                        dead.topic(),
                        dead.key(),
                        header(dead, MessageHeaders.TYPE),
                        header(dead, MessageHeaders.DEAD_LETTER_CAUSE))));
        return records;
    }

    private void read(Predicate<String> topics, Consumer<ConsumerRecord<String, byte[]>> reader) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "allow.auto.create.topics", false),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .filter(partition -> topics.test(partition.topic()))
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(reader);
            }
        }
    }

    /** An event of a type that is newer than this program goes by its full name. */
    private static String nameOf(ConsumerRecord<String, byte[]> event) {
        String type = String.valueOf(header(event, MessageHeaders.TYPE));
        return MessageType.named(type)
                .map(known -> known.record().getSimpleName())
                .orElse(type);
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
