package io.orderly.lab.certify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.lab.conformance.Incoming;
import io.orderly.lab.conformance.Outgoing;
import io.orderly.lab.conformance.Wire;
import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The connection to a participant through Kafka. It reads without a consumer group, from the end that the topics have when it connects. */
final class KafkaWire implements Wire, AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final String bootstrapServers;
    private final Topic commands;
    private final @Nullable Restart restart;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final int partitions;
    private final long startNanos = System.nanoTime();

    private KafkaWire(
            String bootstrapServers,
            Topic commands,
            @Nullable Restart restart,
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer,
            int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.commands = commands;
        this.restart = restart;
        this.consumer = consumer;
        this.producer = producer;
        this.partitions = partitions;
    }

    /**
     * Connects, and sends nothing yet.
     *
     * @param settings further settings of the clients, such as those of TLS
     * @param commands the topic of the participant's commands
     * @param restart null if the participant cannot be restarted
     * @throws ProcessFailure if the broker does not respond, or has not the topics of commands and replies
     */
    static KafkaWire connect(
            String bootstrapServers, Map<String, String> settings, Topic commands, @Nullable Restart restart) {
        Map<String, Object> ofClients = new HashMap<>(settings);
        ofClients.put("bootstrap.servers", bootstrapServers);
        ofClients.put("request.timeout.ms", TIMEOUT_MILLIS);
        KafkaConsumer<String, byte[]> consumer = null;
        try {
            consumer = consumer(ofClients);
            Set<String> existing = consumer.listTopics().keySet();
            List<String> missing = Stream.of(commands.topicName(), Topic.SAGA_REPLIES.topicName())
                    .filter(topic -> !existing.contains(topic))
                    .toList();
            if (!missing.isEmpty()) {
                throw new ProcessFailure("Kafka at %s has no topic %s; nothing was sent"
                        .formatted(bootstrapServers, String.join(" and no topic ", missing)));
            }
            follow(
                    consumer,
                    Stream.of(Topic.SAGA_REPLIES.topicName(), commands.deadLetterTopicName())
                            .filter(existing::contains)
                            .toList());
            int partitions = consumer.partitionsFor(commands.topicName()).size();
            return new KafkaWire(bootstrapServers, commands, restart, consumer, producer(ofClients), partitions);
        } catch (KafkaException e) {
            close(consumer);
            throw new ProcessFailure(
                    "Kafka at %s cannot be used: %s; nothing was sent".formatted(bootstrapServers, messageOf(e)), e);
        } catch (ProcessFailure e) {
            close(consumer);
            throw e;
        }
    }

    private static void close(@Nullable KafkaConsumer<?, ?> consumer) {
        if (consumer != null) {
            consumer.close();
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> ofClients) {
        Map<String, Object> settings = new HashMap<>(ofClients);
        settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        settings.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> ofClients) {
        Map<String, Object> settings = new HashMap<>(ofClients);
        settings.put("linger.ms", 0);
        settings.put("max.block.ms", TIMEOUT_MILLIS);
        settings.put("delivery.timeout.ms", 2 * TIMEOUT_MILLIS);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static void follow(KafkaConsumer<?, ?> consumer, List<String> topics) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // seeking is lazy; position() forces it
    }

    /** The message of the cause, since that of a client that cannot be created says only that. */
    private static String messageOf(KafkaException failure) {
        return failure.getCause() instanceof KafkaException cause
                ? String.valueOf(cause.getMessage())
                : String.valueOf(failure.getMessage());
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Override
    public void send(Outgoing message) {
        var record =
                new ProducerRecord<>(commands.topicName(), partitionOf(message.order()), message.key(), message.body());
        message.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        }
    }

    @Override
    public List<Incoming> receive(Duration atMost) {
        try {
            List<Incoming> records = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(atMost)) {
                records.add(incoming(record));
            }
            return records;
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private ProcessFailure failure(Throwable cause) {
        return new ProcessFailure("Kafka at %s: %s".formatted(bootstrapServers, cause.getMessage()), cause);
    }

    private static Incoming incoming(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), UTF_8));
        }
        return new Incoming(
                record.topic(), record.key(), headers, record.value() == null ? new byte[0] : record.value());
    }

    /** The partition that the clients of Kafka choose for the order's key. */
    @Override
    public int partitionOf(OrderId order) {
        return Utils.toPositive(Utils.murmur2(order.toString().getBytes(UTF_8))) % partitions;
    }

    @Override
    public boolean canRestart() {
        return restart != null;
    }

    @Override
    public void restart() throws RestartFailure {
        if (restart == null) {
            throw new RestartFailure("there is no command that restarts the participant");
        }
        restart.run();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close();
    }
}
