package io.orderly.stack.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.FreePort;
import io.orderly.backends.SharedBackends;
import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class RecordReaderIntegrationTest {

    private static final String BROKER = SharedBackends.kafka().bootstrapServers();

    private String topic;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void create(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER), new StringSerializer(), new ByteArraySerializer());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
        }
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void readsExistingRecordsOfAnyContentAndThenNewRecords() throws Exception {
        List<Object> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            send(i % 3, "a\u0000b", new byte[900_000]);
            send(i % 3, null, null);
            sent.addAll(List.of("a\u0000b", "null"));
        }
        List<Object> read = new ArrayList<>();
        try (RecordReader reader = new RecordReader(BROKER)) {
            List<TopicPartition> partitions = reader.partitions(topic::equals);
            assertThat(partitions).hasSize(3);
            reader.readToPresentEnd(partitions, record -> read.add(String.valueOf(record.key())));
            assertThat(read).containsExactlyInAnyOrderElementsOf(sent);

            send(1, "later", "x".getBytes(UTF_8));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                reader.poll(record -> read.add(String.valueOf(record.key())));
                return read.size() > sent.size();
            });
            assertThat(read.getLast()).isEqualTo("later");
        }
    }

    @Test
    void canSkipExistingRecords() throws Exception {
        send(0, "before", null);
        List<Object> read = new ArrayList<>();
        try (RecordReader reader = new RecordReader(BROKER)) {
            reader.skipToPresentEnd(reader.partitions(topic::equals));
            send(0, "after", null);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                reader.poll(record -> read.add(record.key()));
                return !read.isEmpty();
            });
        }
        assertThat(read).containsExactly("after");
    }

    @Test
    void readsNothingFromAMissingTopic() {
        try (RecordReader reader = new RecordReader(BROKER)) {
            List<TopicPartition> partitions = reader.partitions("missing"::equals);
            assertThat(partitions).isEmpty();
            reader.readToPresentEnd(partitions, record -> assertThat(record).isNull());
        }
    }

    @Test
    void reportsThatTheBrokerIsUnavailable() {
        String away = "127.0.0.1:" + FreePort.find();
        try (RecordReader reader = new RecordReader(away, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> reader.partitions(topic::equals))
                    .isInstanceOf(ProcessFailure.class)
                    .hasMessageStartingWith("Kafka at %s cannot be read: ".formatted(away));
        }
    }

    private void send(int partition, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, key, value)).get();
    }
}
