package io.orderly.stack.events;

import io.orderly.contracts.Topic;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the order events without belonging to a group, so that it takes nothing from anybody. */
public final class EventFollower implements AutoCloseable {

    private static final String TOPIC = Topic.ORDER_EVENTS.topicName();

    private final KafkaConsumer<String, byte[]> consumer;

    /**
     * Begins at the first event there is, or at the next one to come.
     *
     * @throws ProcessFailure if no broker answers or the topic does not exist
     */
    public EventFollower(int kafkaPort, boolean fromBeginning) {
        if (!isAccepting(kafkaPort)) {
            throw new ProcessFailure("no Kafka broker answers on port %d; is ./run up?".formatted(kafkaPort));
        }
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + kafkaPort, "allow.auto.create.topics", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<PartitionInfo> partitions =
                consumer.listTopics(Duration.ofSeconds(10)).get(TOPIC);
        if (partitions == null) {
            throw new ProcessFailure("there is no topic " + TOPIC + " yet; the order-service creates it");
        }
        List<TopicPartition> all = partitions.stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
        consumer.assign(all);
        if (fromBeginning) {
            consumer.seekToBeginning(all);
        } else {
            consumer.seekToEnd(all);
            all.forEach(consumer::position); // the end of now, not that of the first poll
        }
    }

    /** Hands over the events that have come, waiting a moment for some. */
    public void poll(Consumer<ConsumerRecord<String, byte[]>> reader) {
        consumer.poll(Duration.ofMillis(500)).forEach(reader);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static boolean isAccepting(int port) {
        try {
            return Readiness.accepting(port).isReady();
        } catch (Exception e) {
            return false;
        }
    }
}
