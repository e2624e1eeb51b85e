package io.orderly.kit.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.kit.messaging.RawMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Wire tap on Kafka for tests: sends arbitrary records, and reads all records of its topics. */
public final class KafkaTap implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int POLLS_PER_ASSIGNMENT = 5;

    private final Producer<String, byte[]> producer;
    /** By topic and key, because tests ask for the messages of each of thousands of orders. */
    private final Map<Source, List<RawMessage>> seen = new ConcurrentHashMap<>();

    private final Thread reader;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    private record Source(String topic, @Nullable String key) {}

    public KafkaTap(String bootstrapServers, List<String> topics) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
        Consumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        reader = Thread.ofPlatform().name("kafka-tap").daemon().start(() -> read(consumer, Set.copyOf(topics)));
    }

    /**
     * Assigns partitions without a consumer group: topics are created while a test runs, and a group would rebalance for
     * each of them, during which nothing is read.
     */
    private void read(Consumer<String, byte[]> consumer, Set<String> topics) {
        try (consumer) {
            while (!closed) {
                assignAllPartitions(consumer, topics);
                if (consumer.assignment().isEmpty()) {
                    LockSupport.parkNanos(POLL.toNanos());
                    continue;
                }
                for (int i = 0; i < POLLS_PER_ASSIGNMENT && !closed; i++) {
                    consumer.poll(POLL).forEach(record -> add(RawMessage.of(record)));
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void add(RawMessage raw) {
        seen.computeIfAbsent(new Source(raw.topic(), raw.key()), _ -> new CopyOnWriteArrayList<>())
                .add(raw);
    }

    /** New partitions are read from the beginning; the others keep their positions. */
    private static void assignAllPartitions(Consumer<String, byte[]> consumer, Set<String> topics) {
        List<TopicPartition> partitions = consumer.listTopics().values().stream()
                .flatMap(List::stream)
                .filter(partition -> topics.contains(partition.topic()))
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.size() > consumer.assignment().size()) {
            consumer.assign(partitions);
        }
    }

    /** The headers that another service would send. */
    public static Map<String, String> headers(Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(MessageHeaders.SPEC_VERSION, "1.0");
        headers.put(
                MessageHeaders.ID,
                Generators.timeBasedEpochGenerator().generate().toString());
        headers.put(MessageHeaders.TYPE, MessageType.of(message).name());
        headers.put(MessageHeaders.SOURCE, "/test");
        headers.put(MessageHeaders.TIME, Instant.now().toString());
        headers.put(MessageHeaders.LAMPORT_TIME, "1");
        headers.put(MessageHeaders.HYBRID_TIME, new HybridTimestamp(System.currentTimeMillis(), 0).toString());
        headers.put(MessageHeaders.TRACE_PARENT, "00-" + hex(32) + "-" + hex(16) + "-01");
        return headers;
    }

    private static String hex(int digits) {
        return (UUID.randomUUID().toString() + UUID.randomUUID())
                .replace("-", "")
                .substring(0, digits);
    }

    public Map<String, String> send(Message message) {
        Map<String, String> headers = headers(message);
        send(message, headers);
        return headers;
    }

    public void send(Message message, Map<String, String> headers) {
        send(MessageType.of(message).topic().topicName(), message.key(), headers, MessageCodec.encode(message));
    }

    public void send(String topic, String key, Map<String, String> headers, byte[] body) {
        var record = new ProducerRecord<>(topic, key, body);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("could not send to " + topic, e);
        }
    }

    /**
     * All records of the topic and key that were read so far, in order.
     *
     * @throws IllegalStateException if reading has failed, so that a missing record proves nothing
     */
    public List<RawMessage> seen(String topic, String key) {
        RuntimeException failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the tap has failed", failed);
        }
        return List.copyOf(seen.getOrDefault(new Source(topic, key), List.of()));
    }

    /** The messages of the topic and key that were read so far, in order. */
    public List<Message> messages(String topic, String key) {
        return seen(topic, key).stream()
                .map(raw -> MessageCodec.decode(raw.headers().getOrDefault(MessageHeaders.TYPE, ""), raw.body()))
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        producer.close();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
