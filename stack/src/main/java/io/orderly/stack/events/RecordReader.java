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
 * Reads topics without belonging to a group, so that it takes nothing from their consumers. It hands over every record,
 * whatever the record holds: key, value and headers may be missing or malformed.
 */
public final class RecordReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Few records of the largest size at a time, so that the small heap of a command is enough. */
    private static final int FETCHED_BYTES = 4 << 20;

    private final String bootstrapServers;
    private final Duration patience;
    private final KafkaConsumer<String, byte[]> consumer;

    public RecordReader(String bootstrapServers) {
        this(bootstrapServers, PATIENCE);
    }

    /** @param patience how long the broker may take for an answer, and how long it may deliver nothing while there is more */
    RecordReader(String bootstrapServers, Duration patience) {
        this.bootstrapServers = bootstrapServers;
        this.patience = patience;
        int patienceMillis = (int) patience.toMillis();
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "allow.auto.create.topics", false,
                        "request.timeout.ms", patienceMillis,
                        "default.api.timeout.ms", patienceMillis,
                        "fetch.max.bytes", FETCHED_BYTES),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * The partitions of the topics of these names, as far as there are any.
     *
     * @throws ProcessFailure if the broker does not answer
     */
    public List<TopicPartition> partitions(Predicate<String> topics) {
        return orFail(() -> consumer.listTopics().values().stream()
                .flatMap(List::stream)
                .filter(partition -> topics.test(partition.topic()))
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    /**
     * Hands over the records from the first to the one that is the last now; {@link #poll} goes on from there.
     *
     * @throws ProcessFailure if the broker does not answer, or stops answering
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
            } else if (System.nanoTime() - silentSinceNanos > patience.toNanos()) {
                throw new ProcessFailure("Kafka at %s has delivered nothing for %d s, and not all records were read"
                        .formatted(bootstrapServers, patience.toSeconds()));
            }
            poll(reader);
        }
    }

    /**
     * Skips the records there are now; {@link #poll} hands over those that come later.
     *
     * @throws ProcessFailure if the broker does not answer
     */
    public void skipToPresentEnd(List<TopicPartition> partitions) {
        orFail(() -> {
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position); // seeking is lazy; asking for the position is not
            return partitions;
        });
    }

    /** Hands over the records that have come, after a short wait if there are none. */
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
