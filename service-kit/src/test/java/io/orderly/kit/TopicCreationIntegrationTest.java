package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.testing.KafkaTap;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/**
 * A new system publishes while its topics are being created: a partition may reject the first batch and accept the next. A broker accepts
 * any first sequence number from a producer that it does not know, so the rejected batch would then be out of sequence forever.
 */
class TopicCreationIntegrationTest extends KitIntegrationTest {

    private static final int RECORDS = 1_500;

    @Autowired
    ProducerFactory<String, byte[]> producers;

    @Autowired
    KafkaAdmin admin;

    @RepeatedTest(5)
    void recordsPublishedDuringTheCreationOfTheirTopicArriveInOrder() throws Exception {
        String topic = "new-" + UUID.randomUUID();
        Thread creator = Thread.ofVirtual()
                .start(() -> admin.createOrModifyTopics(
                        TopicBuilder.name(topic).partitions(12).build()));

        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Producer<String, byte[]> producer = producers.createProducer()) {
            for (int i = 0; i < RECORDS; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, "key-" + i % 24, body(i))));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get(20, TimeUnit.SECONDS);
            }
        }
        creator.join();

        try (KafkaTap tap = new KafkaTap(BACKENDS.get("spring.kafka.bootstrap-servers"), List.of(topic))) {
            for (int key = 0; key < 24; key++) {
                List<String> expected = IntStream.iterate(key, i -> i < RECORDS, i -> i + 24)
                        .mapToObj(i -> new String(body(i)))
                        .toList();
                String name = "key-" + key;
                await().until(() -> tap.seen(topic, name).size() >= expected.size());
                assertThat(tap.seen(topic, name))
                        .extracting(RawMessage::body)
                        .extracting(String::new)
                        .isEqualTo(expected);
            }
        }
    }

    private static byte[] body(int number) {
        return "%0600d".formatted(number).getBytes();
    }
}
