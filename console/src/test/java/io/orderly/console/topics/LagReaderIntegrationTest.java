package io.orderly.console.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.EmbeddedKafka;
import io.orderly.contracts.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LagReaderIntegrationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final ConsumerLag UNKNOWN = new ConsumerLag("payment-service", "payment.commands", null);
    private static final ConsumerLag OF_ALL = new ConsumerLag("payment-service", "payment.commands", 5L);
    private static final ConsumerLag OF_THE_REST = new ConsumerLag("payment-service", "payment.commands", 2L);

    @TempDir
    private Path folder;

    @Test
    void theLagIsKnownWhileTheBrokerAnswers() throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
        try (LagReader reader = new LagReader("127.0.0.1:" + broker.port())) {
            Map<String, Object> toBroker = Map.of("bootstrap.servers", "127.0.0.1:" + broker.port());
            try (Admin admin = Admin.create(toBroker)) {
                admin.createTopics(Arrays.stream(Topic.values())
                                .map(topic -> new NewTopic(topic.topicName(), 2, (short) 1))
                                .toList())
                        .all()
                        .get();
                try (KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(toBroker, new StringSerializer(), new ByteArraySerializer())) {
                    for (int i = 0; i < 5; i++) {
                        producer.send(new ProducerRecord<>("payment.commands", 0, "key", new byte[1]))
                                .get();
                    }
                }
                assertThat(reader.lags()).hasSize(5).contains(UNKNOWN);
                reader.start();
                await().atMost(TIMEOUT).until(() -> reader.lags().contains(OF_ALL));

                admin.alterConsumerGroupOffsets(
                                "payment-service",
                                Map.of(new TopicPartition("payment.commands", 0), new OffsetAndMetadata(3)))
                        .all()
                        .get();
                await().atMost(TIMEOUT).until(() -> reader.lags().contains(OF_THE_REST));
            }
            broker.close();
            await().atMost(TIMEOUT).until(() -> reader.lags().contains(UNKNOWN));
        } finally {
            broker.close();
        }
    }
}
