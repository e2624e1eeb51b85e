package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.FreePort;
import io.orderly.backends.SharedBackends;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.inventory.InventoryServiceApplication;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.testing.EtcdProcess;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.kit.testing.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two instances in processes of their own. The relay of one is stopped between reading a product and sending it, until the other one has followed
 * and has sent a later version; when it goes on, it sends the earlier version behind it. The broker compacts the topic all the time, so a new
 * reader gets the last record only.
 */
@Tag("slow")
class LateProductsIntegrationTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String TOPIC = Topic.PRODUCTS.topicName();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Product PRODUCT = SeedCatalogue.seeds().getFirst().product();
    private static final Sku SKU = PRODUCT.sku();

    @TempDir
    private Path folder;

    private final Map<String, LeashedProcess> processes = new HashMap<>();
    private Database database;
    private SingleConnectionDataSource connection;
    private JdbcClient jdbc;
    private EmbeddedKafka broker;
    private EtcdProcess etcd;
    private KafkaTap kafka;

    @BeforeEach
    void start() throws Exception {
        etcd = EtcdProcess.start(folder, FreePort.find());
        processes.put("etcd", etcd.process());
        database = SharedBackends.freshDatabase("late_products");
        connection = new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
        jdbc = JdbcClient.create(connection);
        broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        createCompactedTopic();
        startInstance("one");
        startInstance("two");
        kafka = new KafkaTap(broker.bootstrapServers(), List.of(TOPIC));
        await("both instances have partitions").ignoreExceptions().until(() -> etcd.owners("inventory-service") == 2);
        await("the product is published").until(() -> versions().equals(List.of(1L)) && outboxIsEmpty());
    }

    @AfterEach
    void stop() {
        processes.values().forEach(LeashedProcess::kill);
        if (kafka != null) {
            kafka.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (connection != null) {
            connection.destroy();
        }
    }

    @Test
    void aNewReaderGetsTheCurrentVersionAfterALateOneAndTheCompaction() throws Exception {
        Files.createFile(stopFile());
        change(2);
        await("the owner is stopped").until(() -> stopped().isPresent());
        await("the other one has followed").until(() -> versions().contains(2L));
        change(3);
        await("the later version is published").until(() -> versions().contains(3L) && outboxIsEmpty());

        ServiceProcess.signal("CONT", stopped().orElseThrow());

        await("the earlier version comes last").until(() -> isLate(2, 3));
        await("a new reader gets the current one")
                .untilAsserted(() -> assertThat(versionsAfterCompaction()).containsExactly(3L));

        // also if it comes while there is no instance that could notice
        processes.remove("one").kill();
        processes.remove("two").kill();
        RawMessage late = kafka.seen(TOPIC, SKU.value()).get(versions().indexOf(2L));
        kafka.send(TOPIC, SKU.value(), late.headers(), late.body());
        await("compaction keeps the earlier version")
                .untilAsserted(() -> assertThat(versionsAfterCompaction()).containsExactly(2L));
        startInstance("three");
        await("a new reader gets the current one")
                .untilAsserted(() -> assertThat(versionsAfterCompaction()).containsExactly(3L));
        await("nothing is left to publish").until(this::outboxIsEmpty);
    }

    /** Whether a record of the earlier version was read behind one of the later version. */
    private boolean isLate(long earlier, long later) {
        List<Long> versions = versions();
        return versions.lastIndexOf(earlier) > versions.indexOf(later);
    }

    /** What a new reader gets of the product, after another record that lets the broker compact those before it. */
    private List<Long> versionsAfterCompaction() {
        kafka.send(new ProductChanged(new Sku("FILLER"), "Filler", Money.euros("1.00"), 1));
        List<Long> versions = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(read -> {
                    if (SKU.value().equals(read.key())) {
                        RawMessage message = RawMessage.of(read);
                        versions.add(((ProductChanged) MessageCodec.decode(
                                        message.headers().getOrDefault(MessageHeaders.TYPE, ""), message.body()))
                                .version());
                    }
                });
            }
        }
        return versions;
    }

    /** The versions of the product in the order of their records. */
    private List<Long> versions() {
        return kafka.messages(TOPIC, SKU.value()).stream()
                .map(message -> ((ProductChanged) message).version())
                .toList();
    }

    /** Changes the price and writes the message, as the service does. */
    private void change(long version) {
        var change = new ProductChanged(SKU, PRODUCT.name(), Money.euros(version + ".00"), version);
        jdbc.sql("""
                        with changed as (update products set version = ?, price = ? where sku = ?)
                        insert into outbox (topic, message_key, partition_id, headers, body, lamport_time, hybrid_time)
                        values (?, ?, partition_of(?), ?, ?, 1, 1)""")
                .params(
                        version,
                        change.price().amount(),
                        SKU.value(),
                        TOPIC,
                        SKU.value(),
                        SKU.value(),
                        new JsonMapper().writeValueAsString(KafkaTap.headers(change)),
                        MessageCodec.encode(change))
                .update();
    }

    private boolean outboxIsEmpty() {
        return jdbc.sql("select count(*) from outbox").query(Long.class).single() == 0;
    }

    /** The process of the instance that has stopped itself. */
    private Optional<Long> stopped() throws Exception {
        for (LeashedProcess process : processes.values()) {
            if (ServiceProcess.isStopped(process.pid())) {
                return Optional.of(process.pid());
            }
        }
        return Optional.empty();
    }

    private void startInstance(String name) {
        processes.put(
                name,
                ServiceProcess.start(
                        InventoryServiceApplication.class,
                        folder,
                        name,
                        database,
                        broker,
                        Map.of(
                                "ORDERLY_CONSUMING_PARTITIONS",
                                "1",
                                "ORDERLY_COORDINATOR_CLIENT_ENABLED",
                                "true",
                                "ORDERLY_COORDINATOR_CLIENT_ENDPOINTS",
                                etcd.endpoint(),
                                "ORDERLY_PARTITIONS_LEASE_TTL",
                                "3s",
                                "SPRING_KAFKA_PRODUCER_PROPERTIES_INTERCEPTOR_CLASSES",
                                StopsBeforeSending.class.getName(),
                                StopsBeforeSending.FILE,
                                stopFile().toString())));
    }

    private Path stopFile() {
        return folder.resolve("stop");
    }

    /** A new segment for nearly every record, so that the broker compacts all records but the last. */
    private void createCompactedTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.BROKER, ""),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("log.cleaner.backoff.ms", "100"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)
                            .configs(Map.of(
                                    "cleanup.policy", "compact",
                                    "segment.ms", "10",
                                    "min.cleanable.dirty.ratio", "0"))))
                    .all()
                    .get();
        }
    }

    private static ConditionFactory await(String condition) {
        return Awaitility.await(condition).atMost(LONG);
    }
}
