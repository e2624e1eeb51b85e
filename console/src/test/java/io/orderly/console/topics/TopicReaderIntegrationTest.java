package io.orderly.console.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.EmbeddedKafka;
import io.orderly.console.order.TopicRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicReaderIntegrationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private final List<TopicRecord> read = new CopyOnWriteArrayList<>();

    @Test
    void goesOnAfterTheBrokerWasAwayAndWhenATopicAppears() throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
        int port = broker.port();
        try (TopicReader reader = new TopicReader("127.0.0.1:" + port, 5, read::add)) {
            create(port, "order.events");
            for (int i = 0; i < 20; i++) {
                produce(port, "order.events", "past", 10);
            }
            reader.start();
            await().atMost(TIMEOUT).until(() -> read.size() == 5);
            assertThat(reader.state().missing()).contains("payment.commands");

            produce(port, "order.events", "large", 1_000_000);
            await().atMost(TIMEOUT).until(() -> read.size() == 6);
            assertThat(read.getLast().value()).hasSize(1_000_000);

            broker.close();
            await().atMost(TIMEOUT).until(() -> !reader.state().reachable());
            broker = EmbeddedKafka.start(folder, port);
            create(port, "payment.commands");
            produce(port, "order.events", "after", 10);
            produce(port, "payment.commands", "new topic", 10);
            await().atMost(TIMEOUT).until(() -> read.size() == 8);
            assertThat(read)
                    .extracting(TopicRecord::key)
                    .startsWith("past", "past", "past", "past", "past", "large")
                    .contains("after", "new topic");
        } finally {
            broker.close();
        }
    }

    private static void create(int port, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void produce(int port, String topic, String key, int bytes) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + port), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, new byte[bytes])).get();
        }
    }
}
