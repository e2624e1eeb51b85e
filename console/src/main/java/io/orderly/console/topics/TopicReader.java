package io.orderly.console.topics;

import io.orderly.console.order.TopicRecord;
import io.orderly.console.order.TopicRecord.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads the topics of the saga and passes on every record. Without a consumer group it affects no other consumer. While the broker is
 * away or a topic is missing, it tries again; after a break it continues where it was.
 */
public final class TopicReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** How often topics and partitions are looked up, which also shows whether the broker answers. */
    private static final Duration LOOKUP_INTERVAL = Duration.ofSeconds(5);

    /** Limits the records in memory. A record that is larger is delivered nevertheless. */
    private static final int FETCHED_BYTES = 4 << 20;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final long pastRecords;
    private final Duration lookupInterval;
    private final java.util.function.Consumer<TopicRecord> reader;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "topics");
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile TopicState state = new TopicState(false, List.of(), 0);

    /**
     * @param pastRecords how many existing records of each partition are read at most
     * @param reader called by one thread. A failure of it is logged, and the record skipped
     */
    public TopicReader(String bootstrapServers, long pastRecords, java.util.function.Consumer<TopicRecord> reader) {
        this(() -> consumer(bootstrapServers, REQUEST_TIMEOUT), pastRecords, LOOKUP_INTERVAL, reader);
    }

    TopicReader(
            Supplier<Consumer<byte[], byte[]>> consumers,
            long pastRecords,
            Duration lookupInterval,
            java.util.function.Consumer<TopicRecord> reader) {
        this.consumers = consumers;
        this.pastRecords = pastRecords;
        this.lookupInterval = lookupInterval;
        this.reader = reader;
        thread.setDaemon(true);
    }

    static Consumer<byte[], byte[]> consumer(String bootstrapServers, Duration requestTimeout) {
        int timeoutMillis = (int) requestTimeout.toMillis();
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "allow.auto.create.topics",
                        false,
                        // of a topic that was deleted and created again
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "request.timeout.ms",
                        timeoutMillis,
                        "default.api.timeout.ms",
                        timeoutMillis,
                        "fetch.max.bytes",
                        FETCHED_BYTES,
                        "max.partition.fetch.bytes",
                        FETCHED_BYTES / 4),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    public void start() {
        thread.start();
    }

    public TopicState state() {
        return state;
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException stopping) {
                return;
            } catch (RuntimeException e) {
                // such as a host name that cannot be resolved; what a consumer survives does not end it
                LOG.warn("The topics cannot be read: {}", e.toString());
                state = new TopicState(false, state.missing(), state.records());
            }
            pause();
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        long lookedUpNanos = System.nanoTime() - lookupInterval.toNanos();
        while (stopped.getCount() > 0) {
            long now = System.nanoTime();
            if (now - lookedUpNanos >= lookupInterval.toNanos()
                    || !isComplete() && now - lookedUpNanos >= RETRY_PAUSE.toNanos()) {
                lookUp(consumer);
                lookedUpNanos = now;
            }
            if (consumer.assignment().isEmpty()) {
                pause();
                continue;
            }
            consumer.poll(POLL).forEach(this::pass);
        }
    }

    private boolean isComplete() {
        return state.reachable() && state.missing().isEmpty();
    }

    /** Assigns the partitions that exist now. */
    private void lookUp(Consumer<byte[], byte[]> consumer) {
        try {
            Map<String, List<PartitionInfo>> topics = consumer.listTopics();
            Set<TopicPartition> partitions = SagaTopics.NAMES.stream()
                    .flatMap(topic -> topics.getOrDefault(topic, List.of()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .collect(Collectors.toSet());
            if (!consumer.assignment().equals(partitions)) {
                assign(consumer, partitions);
            }
            List<String> missing = SagaTopics.NAMES.stream()
                    .filter(topic -> !topics.containsKey(topic))
                    .toList();
            state = new TopicState(true, missing, state.records());
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.info("Kafka does not answer: {}", e.toString());
            state = new TopicState(false, state.missing(), state.records());
        }
    }

    private void assign(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        List<TopicPartition> added =
                partitions.stream().filter(each -> !next.containsKey(each)).toList();
        if (!added.isEmpty()) {
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(added);
            Map<TopicPartition, Long> ends = consumer.endOffsets(added);
            added.forEach(each -> next.put(each, SagaTopics.start(beginnings.get(each), ends.get(each), pastRecords)));
        }
        consumer.assign(partitions);
        partitions.forEach(each -> consumer.seek(each, next.getOrDefault(each, 0L)));
    }

    private void pass(ConsumerRecord<byte[], byte[]> record) {
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        state = new TopicState(state.reachable(), state.missing(), state.records() + 1);
        try {
            reader.accept(recordOf(record));
        } catch (RuntimeException e) {
            LOG.error("Record {}-{}@{} was skipped", record.topic(), record.partition(), record.offset(), e);
        }
    }

    static TopicRecord recordOf(ConsumerRecord<byte[], byte[]> record) {
        return new TopicRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key() == null ? null : text(record.key()),
                StreamSupport.stream(record.headers().spliterator(), false)
                        .map(header -> new Header(header.key(), header.value() == null ? "" : text(header.value())))
                        .collect(Collectors.toCollection(ArrayList::new)),
                record.value());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private void pause() {
        try {
            boolean _ = stopped.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
