package io.orderly.stack.events;

import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads topics without a consumer group, so it does not affect their consumers. It passes on every record; key, value
 * and headers may be missing or malformed.
 */
public final class RecordReader implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Limits the records in memory, because the commands have a small heap. */
    private static final int FETCHED_BYTES = 4 << 20;

    private final String bootstrapServers;
    private final Duration timeout;
    private final KafkaConsumer<String, byte[]> consumer;

    public RecordReader(String bootstrapServers) {
        this(bootstrapServers, TIMEOUT);
    }

    /**
     * @param timeout how long the broker may take to respond, and how long it may deliver no records while more are
     *     expected
     */
    RecordReader(String bootstrapServers, Duration timeout) {
        this.bootstrapServers = bootstrapServers;
        this.timeout = timeout;
        int timeoutMillis = (int) timeout.toMillis();
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "allow.auto.create.topics", false,
                        "request.timeout.ms", timeoutMillis,
                        "default.api.timeout.ms", timeoutMillis,
                        "fetch.max.bytes", FETCHED_BYTES),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * The partitions of the existing topics with matching names.
     *
     * @throws ProcessFailure if the broker does not respond
     */
    public List<TopicPartition> partitions(Predicate<String> topics) {
        return orFail(() -> consumer.listTopics().values().stream()
                .flatMap(List::stream)
                .filter(partition -> topics.test(partition.topic()))
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    /**
     * Passes on all existing records; {@link #poll} continues after them.
     *
     * @throws ProcessFailure if the broker does not respond, or stops responding
     */
    public void readToPresentEnd(List<TopicPartition> partitions, Consumer<ConsumerRecord<String, byte[]>> reader) {
        Map<TopicPartition, Long> ends = orFail(() -> {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return consumer.endOffsets(partitions);
        });
        long before = -1;
        long silentSinceNanos = System.nanoTime();
        while (orFail(() -> ends.keySet().stream().anyMatch(each -> consumer.position(each) < ends.get(each)))) {
            long now = orFail(
                    () -> ends.keySet().stream().mapToLong(consumer::position).sum());
            if (now != before) {
                before = now;
                silentSinceNanos = System.nanoTime();
            } else if (System.nanoTime() - silentSinceNanos > timeout.toNanos()) {
                throw new ProcessFailure("Kafka at %s has delivered no records for %d s, and more are expected"
                        .formatted(bootstrapServers, timeout.toSeconds()));
            }
            poll(reader);
        }
    }

    /**
     * Skips all existing records; {@link #poll} passes on later records.
     *
     * @throws ProcessFailure if the broker does not respond
     */
    public void skipToPresentEnd(List<TopicPartition> partitions) {
        orFail(() -> {
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position); // seeking is lazy; position() forces it
            return partitions;
        });
    }

    /** Passes on new records; waits a short time if there are none. */
    public void poll(Consumer<ConsumerRecord<String, byte[]>> reader) {
        orFail(() -> consumer.poll(POLL)).forEach(reader);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private <T> T orFail(Supplier<T> request) {
        try {
            return request.get();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw new ProcessFailure("Kafka at %s cannot be read: %s".formatted(bootstrapServers, e.getMessage()), e);
        }
    }
}
