package io.orderly.console.topics;

import io.orderly.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker every five seconds how far the services' consumers are behind. It joins no group and commits nothing. */
public final class LagReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LagReader.class);

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

    /** What the services consume, each in the group of its name. */
    static final Map<String, List<Topic>> CONSUMED = Map.of(
            "order-service", List.of(Topic.SAGA_REPLIES, Topic.PRODUCTS),
            "inventory-service", List.of(Topic.INVENTORY_COMMANDS),
            "payment-service", List.of(Topic.PAYMENT_COMMANDS),
            "shipping-service", List.of(Topic.SHIPPING_COMMANDS));

    private static final List<String> TOPICS = CONSUMED.values().stream()
            .flatMap(List::stream)
            .map(Topic::topicName)
            .toList();

    private final String bootstrapServers;
    private final Duration interval;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile List<ConsumerLag> lags = unknown();

    public LagReader(String bootstrapServers) {
        this(bootstrapServers, INTERVAL);
    }

    LagReader(String bootstrapServers, Duration interval) {
        this.bootstrapServers = bootstrapServers;
        this.interval = interval;
    }

    public void start() {
        Thread.ofVirtual().name("lags").start(this::run);
    }

    /** Of each group and topic, by their names. */
    public List<ConsumerLag> lags() {
        return lags;
    }

    private void run() {
        try {
            do {
                readUntilStopped();
            } while (!isStoppedAfterPause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readUntilStopped() throws InterruptedException {
        Admin admin;
        try {
            admin = Admin.create(Map.of(
                    "bootstrap.servers",
                    bootstrapServers,
                    "request.timeout.ms",
                    (int) REQUEST_TIMEOUT.toMillis(),
                    "default.api.timeout.ms",
                    (int) REQUEST_TIMEOUT.toMillis()));
        } catch (KafkaException e) {
            // such as a host name that cannot be resolved now
            LOG.info("The lags cannot be read: {}", e.toString());
            return;
        }
        try {
            do {
                lags = read(admin);
            } while (!isStoppedAfterPause());
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private boolean isStoppedAfterPause() throws InterruptedException {
        return stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static List<ConsumerLag> read(Admin admin) throws InterruptedException {
        try {
            List<TopicPartition> partitions = partitions(admin);
            Map<TopicPartition, Long> beginnings = offsets(admin, partitions, OffsetSpec.earliest());
            Map<String, ListConsumerGroupOffsetsSpec> groups = CONSUMED.keySet().stream()
                    .collect(Collectors.toMap(Function.identity(), _ -> new ListConsumerGroupOffsetsSpec()));
            ListConsumerGroupOffsetsResult answer = admin.listConsumerGroupOffsets(groups);
            Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
            for (String group : CONSUMED.keySet()) {
                committed.put(group, positions(await(answer.partitionsToOffsetAndMetadata(group))));
            }
            // after the commits, so that a lag is never below zero
            Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
            return each((group, topic) -> lag(of(topic, partitions), committed.get(group), beginnings, ends));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("The lags are not known", e);
            return unknown();
        }
    }

    private static List<TopicPartition> partitions(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        return await(admin.describeTopics(TOPICS).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec where)
            throws InterruptedException, ExecutionException, TimeoutException {
        var asked = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> where));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(admin.listOffsets(asked).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static Map<TopicPartition, Long> positions(Map<TopicPartition, @Nullable OffsetAndMetadata> committed) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                positions.put(partition, offset.offset());
            }
        });
        return positions;
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static List<TopicPartition> of(String topic, List<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> partition.topic().equals(topic))
                .toList();
    }

    /**
     * How many records a group has not committed.
     *
     * @param committed where the group goes on; a partition of which it has committed nothing, it reads from its beginning
     * @param beginnings of the same partitions; records before them were deleted
     */
    static long lag(
            Collection<TopicPartition> partitions,
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends) {
        return partitions.stream()
                .mapToLong(partition -> {
                    long beginning = beginnings.getOrDefault(partition, 0L);
                    long position = Math.max(committed.getOrDefault(partition, beginning), beginning);
                    return Math.max(ends.getOrDefault(partition, 0L) - position, 0);
                })
                .sum();
    }

    private interface Lookup {
        @Nullable Long lag(String group, String topic);
    }

    private static List<ConsumerLag> each(Lookup lookup) {
        List<ConsumerLag> lags = new ArrayList<>();
        CONSUMED.forEach((group, topics) -> topics.forEach(
                topic -> lags.add(new ConsumerLag(group, topic.topicName(), lookup.lag(group, topic.topicName())))));
        lags.sort((a, b) -> (a.group() + a.topic()).compareTo(b.group() + b.topic()));
        return List.copyOf(lags);
    }

    private static List<ConsumerLag> unknown() {
        return each((_, _) -> null);
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
