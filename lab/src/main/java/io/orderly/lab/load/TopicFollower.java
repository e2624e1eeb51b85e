package io.orderly.lab.load;

import io.orderly.contracts.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumes new records of topics in a separate thread, without a consumer group. Survives crashes of the broker. */
public final class TopicFollower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Thread thread;
    private volatile boolean closed;

    /** Receives each record, in the follower's thread. */
    @FunctionalInterface
    public interface Listener {

        /** @param atNanos its arrival, a value of {@link System#nanoTime} */
        void received(ConsumerRecord<String, byte[]> message, long atNanos);
    }

    private TopicFollower(Consumer<String, byte[]> consumer, Listener listener) {
        this.thread = Thread.ofPlatform().name("topic-follower").daemon().start(() -> {
            try (consumer) {
                while (!closed) {
                    var messages = consumer.poll(POLL);
                    long nowNanos = System.nanoTime();
                    messages.forEach(message -> listener.received(message, nowNanos));
                }
            }
        });
    }

    /** Starts following. All records that are published after the return are received. The topics must exist. */
    public static TopicFollower start(String bootstrapServers, List<Topic> topics, Listener listener) {
        var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "allow.auto.create.topics",
                        false,
                        // after a crash of the broker, prefer duplicates to lost records
                        "auto.offset.reset",
                        "earliest",
                        "reconnect.backoff.max.ms",
                        200),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // seeking is lazy; position() forces it
        return new TopicFollower(consumer, listener);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
