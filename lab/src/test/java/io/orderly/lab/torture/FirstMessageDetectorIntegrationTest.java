package io.orderly.lab.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.SharedBackends;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("topics of the shared broker")
class FirstMessageDetectorIntegrationTest {

    private static final String BROKER = SharedBackends.kafka().bootstrapServers();
    private static final Instant BACK = Instant.parse("2026-11-23T04:30:00Z");

    @Test
    void detectsAServiceAmongForeignRecords() throws Exception {
        createTopics(Topic.SAGA_REPLIES, Topic.ORDER_EVENTS);
        try (var detector = new FirstMessageDetector(BROKER);
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", BROKER), new StringSerializer(), new ByteArraySerializer())) {
            CompletableFuture<@Nullable Long> firstMessage = detector.await("payment-service", BACK);
            producer.send(message(null)).get();
            producer.send(message("")).get();
            producer.send(message("yesterday")).get();
            producer.send(message(BACK.plusSeconds(1).toString())).get();
            assertThat(firstMessage.get(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    /** Uses a single partition to preserve the order. */
    private static ProducerRecord<String, byte[]> message(@Nullable String time) {
        var message = new ProducerRecord<String, byte[]>(Topic.SAGA_REPLIES.topicName(), 0, null, new byte[0]);
        message.headers()
                .add(MessageHeaders.SOURCE, "/payment-service".getBytes(UTF_8))
                .add(MessageHeaders.TYPE, null)
                .add(MessageHeaders.TIME, time == null ? null : time.getBytes(UTF_8));
        return message;
    }

    private static void createTopics(Topic... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER))) {
            for (Topic topic : topics) {
                if (!admin.listTopics().names().get().contains(topic.topicName())) {
                    admin.createTopics(List.of(new NewTopic(topic.topicName(), 3, (short) 1)))
                            .all()
                            .get();
                }
            }
        }
    }
}
