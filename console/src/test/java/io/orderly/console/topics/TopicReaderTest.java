package io.orderly.console.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.console.order.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicReaderTest {

    private static final TopicPartition EVENTS = new TopicPartition("order.events", 0);
    private static final TopicPartition REPLIES = new TopicPartition("order.saga-replies", 0);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LOOKUP = Duration.ofSeconds(1);

    private final List<TopicRecord> read = new CopyOnWriteArrayList<>();

    @Test
    void beginsAtABoundedDistanceToTheEnd() {
        assertThat(SagaTopics.start(0, 1_000, 200)).isEqualTo(800);
        assertThat(SagaTopics.start(900, 1_000, 200)).isEqualTo(900);
        assertThat(SagaTopics.start(0, 0, 200)).isZero();
    }

    @Test
    void readsTheLastRecordsAndThenNewOnes() {
        MockConsumer<byte[], byte[]> consumer = consumer();
        topic(consumer, EVENTS, 1_000);
        consumer.schedulePollTask(() -> {
            assertThat(consumer.position(EVENTS)).isEqualTo(990);
            for (long offset = 990; offset < 1_000; offset++) {
                consumer.addRecord(record(EVENTS, offset));
            }
        });
        try (TopicReader reader = new TopicReader(() -> consumer, 10, LOOKUP, read::add)) {
            reader.start();
            await().atMost(TIMEOUT).until(() -> read.size() == 10);
            assertThat(reader.state().missing()).contains("order.saga-replies").doesNotContain("order.events");
            assertThat(reader.state().reachable()).isTrue();
            assertThat(read.getFirst().offset()).isEqualTo(990);
            assertThat(read.getFirst().key()).isEqualTo("key");
        }
    }

    @Test
    void findsATopicThatIsCreatedLater() {
        MockConsumer<byte[], byte[]> consumer = consumer();
        topic(consumer, EVENTS, 0);
        try (TopicReader reader = new TopicReader(() -> consumer, 10, LOOKUP, read::add)) {
            reader.start();
            await().atMost(TIMEOUT).until(() -> reader.state().reachable());
            consumer.schedulePollTask(() -> topic(consumer, REPLIES, 0));
            await().atMost(TIMEOUT).until(() -> consumer.assignment().contains(REPLIES));
            consumer.schedulePollTask(() -> consumer.addRecord(record(REPLIES, 0)));
            await().atMost(TIMEOUT).until(() -> read.size() == 1);
        }
    }

    @Test
    void goesOnAfterAFailureWhereItWas() {
        MockConsumer<byte[], byte[]> first = consumer();
        topic(first, EVENTS, 0);
        first.schedulePollTask(() -> first.addRecord(record(EVENTS, 0)));
        first.schedulePollTask(() -> first.setPollException(new KafkaException("the broker is away")));
        MockConsumer<byte[], byte[]> second = consumer();
        topic(second, EVENTS, 5);
        second.schedulePollTask(() -> second.addRecord(record(EVENTS, second.position(EVENTS))));
        AtomicInteger created = new AtomicInteger();
        try (TopicReader reader =
                new TopicReader(() -> created.getAndIncrement() == 0 ? first : second, 1, LOOKUP, read::add)) {
            reader.start();
            await().atMost(TIMEOUT).until(() -> read.size() == 2);
            assertThat(read).extracting(TopicRecord::offset).containsExactly(0L, 1L);
        }
    }

    @Test
    void aRecordThatCannotBeHandledIsSkipped() {
        MockConsumer<byte[], byte[]> consumer = consumer();
        topic(consumer, EVENTS, 0);
        consumer.schedulePollTask(() -> {
            consumer.addRecord(record(EVENTS, 0));
            consumer.addRecord(record(EVENTS, 1));
        });
        Consumer<TopicRecord> failing = record -> {
            if (record.offset() == 0) {
                throw new IllegalStateException("a mistake");
            }
            read.add(record);
        };
        try (TopicReader reader = new TopicReader(() -> consumer, 10, LOOKUP, failing)) {
            reader.start();
            await().atMost(TIMEOUT).until(() -> read.size() == 1);
            assertThat(reader.state().records()).isEqualTo(2);
        }
    }

    @Test
    void keysAndHeadersMayHaveAnyContent() {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("order.events", 0, 0, new byte[] {(byte) 0xff, 'a'}, null);
        record.headers().add("h", null).add("h", new byte[] {(byte) 0xc3, 0x28});

        TopicRecord converted = TopicReader.recordOf(record);
        assertThat(converted.key()).isEqualTo("\ufffda");
        assertThat(converted.headers()).extracting(TopicRecord.Header::value).containsExactly("", "\ufffd(");
    }

    private static MockConsumer<byte[], byte[]> consumer() {
        return new MockConsumer<>("earliest");
    }

    private static void topic(MockConsumer<byte[], byte[]> consumer, TopicPartition partition, long end) {
        consumer.updatePartitions(
                partition.topic(),
                List.of(new PartitionInfo(partition.topic(), partition.partition(), null, null, null)));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, end));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                "key".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
