package io.orderly.lab.certify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.contracts.Topic;
import io.orderly.lab.conformance.Incoming;
import io.orderly.lab.conformance.ToyParticipant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A toy participant that is connected to Kafka, in a thread of its own. */
final class ToyOnKafka implements AutoCloseable {

    private static final int PARTITIONS = 3;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Thread thread;
    private volatile boolean closed;

    private ToyOnKafka(String bootstrapServers, Topic commands, ToyParticipant participant) {
        var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
        List<TopicPartition> partitions = consumer.partitionsFor(commands.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().name("toy participant").daemon().start(() -> {
            try (consumer;
                    producer) {
                while (!closed) {
                    List<Incoming> batch = new ArrayList<>();
                    consumer.poll(POLL).forEach(record -> batch.add(incoming(record)));
                    participant.handle(batch).forEach(record -> producer.send(outgoing(record)));
                }
            }
        });
    }

    /** Creates the topics, unless they exist, and starts the participant. */
    static ToyOnKafka start(String bootstrapServers, Topic commands, ToyParticipant participant) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<NewTopic> missing = new ArrayList<>(List.of(
                    new NewTopic(commands.topicName(), PARTITIONS, (short) 1),
                    new NewTopic(commands.deadLetterTopicName(), PARTITIONS, (short) 1),
                    new NewTopic(Topic.SAGA_REPLIES.topicName(), PARTITIONS, (short) 1)));
            var existing = admin.listTopics().names().get(30, TimeUnit.SECONDS);
            missing.removeIf(topic -> existing.contains(topic.name()));
            admin.createTopics(missing).all().get(30, TimeUnit.SECONDS);
        }
        return new ToyOnKafka(bootstrapServers, commands, participant);
    }

    private static Incoming incoming(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new Incoming(
                record.topic(), record.key(), headers, record.value() == null ? new byte[0] : record.value());
    }

    private static ProducerRecord<String, byte[]> outgoing(Incoming reply) {
        var record = new ProducerRecord<>(reply.topic(), reply.key(), reply.body());
        reply.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
