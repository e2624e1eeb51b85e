package io.orderly.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIntegrationTest {

    @Test
    void keepsItsRecordsOverARestart(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder, 0)) {
            createTopic(broker, "orders");
            send(broker, "orders", "placed");
        }
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder, 0)) {
            assertThat(receive(broker, "orders", 1)).containsExactly("placed");
        }
    }

    @Test
    void doesNotCreateTopicsAutomatically() {
        assertThatThrownBy(() -> send(SharedBackends.kafka(), "misspelt", "lost"))
                .rootCause()
                .isInstanceOfAny(TimeoutException.class, UnknownTopicOrPartitionException.class);
    }

    private static void createTopic(KafkaBroker broker, String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.empty(), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void send(KafkaBroker broker, String topic, String value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", 2_000, "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static List<String> receive(KafkaBroker broker, String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "readers",
                "auto.offset.reset",
                "earliest",
                "session.timeout.ms",
                2_000,
                "heartbeat.interval.ms",
                500);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Awaitility.await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
