package io.orderly.console.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.EmbeddedKafka;
import io.orderly.console.order.TopicRecord;
import io.orderly.contracts.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readers of records and of lags, on one broker that goes away. */
class ReadersIntegrationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private final List<TopicRecord> read = new CopyOnWriteArrayList<>();

    @Test
    void theyGoOnAfterTheBrokerWasAwayAndWhenTopicsAppear() throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
        int port = broker.port();
        String servers = broker.bootstrapServers();
        try (TopicReader records =
                        new TopicReader(() -> TopicReader.consumer(servers, REQUEST_TIMEOUT), 5, INTERVAL, read::add);
                LagReader lags = new LagReader(servers, INTERVAL)) {
            create(servers, List.of(Topic.ORDER_EVENTS));
            produce(servers, "order.events", "past", 10, 20);
            records.start();
            lags.start();
            await().atMost(TIMEOUT).until(() -> read.size() == 5);
            assertThat(records.state().missing()).contains("payment.commands");
            produce(servers, "order.events", "large", 1_000_000, 1);
            await().atMost(TIMEOUT).until(() -> read.size() == 6);
            assertThat(read.getLast().value()).hasSize(1_000_000);
            assertThat(lags.lags())
                    .as("lags of topics that do not exist")
                    .hasSize(5)
                    .contains(ofPayments(null));

            broker.close();
            await().atMost(TIMEOUT).until(() -> !records.state().reachable());
            broker = EmbeddedKafka.start(folder, port);
            create(
                    servers,
                    Arrays.stream(Topic.values())
                            .filter(topic -> topic != Topic.ORDER_EVENTS)
                            .toList());
            produce(servers, "order.events", "after", 10, 1);
            produce(servers, "payment.commands", "new topic", 10, 5);
            await().atMost(TIMEOUT).until(() -> read.size() == 12);
            assertThat(read)
                    .extracting(TopicRecord::key)
                    .startsWith("past", "past", "past", "past", "past", "large")
                    .contains("after", "new topic");

            await().atMost(TIMEOUT).until(() -> lags.lags().contains(ofPayments(5L)));
            commit(servers, 3);
            await().atMost(TIMEOUT).until(() -> lags.lags().contains(ofPayments(2L)));
            broker.close();
            await().atMost(TIMEOUT).until(() -> lags.lags().contains(ofPayments(null)));
        } finally {
            broker.close();
        }
    }

    private static ConsumerLag ofPayments(@Nullable Long records) {
        return new ConsumerLag("payment-service", "payment.commands", records);
    }

    private static void create(String servers, List<Topic> topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic.topicName(), 2, (short) 1))
                            .toList())
                    .all()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void commit(String servers, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.alterConsumerGroupOffsets(
                            "payment-service",
                            Map.of(new TopicPartition("payment.commands", 0), new OffsetAndMetadata(offset)))
                    .all()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void produce(String servers, String topic, String key, int bytes, int records) throws Exception {
        KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
        try {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(topic, 0, key, new byte[bytes]))
                        .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            producer.close(REQUEST_TIMEOUT);
        }
    }
}
