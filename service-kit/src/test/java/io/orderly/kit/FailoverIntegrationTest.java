package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.SharedBackends;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.kit.testing.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Failover between two instances of a service when one is killed. That one has a process of its own; the other one is in this process, because
 * a process takes longer to start.
 */
class FailoverIntegrationTest {

    /** Twice the guaranteed time, for a busy machine. Kafka's default session timeout alone is 45 s. */
    private static final Duration MAX_TAKEOVER = Duration.ofSeconds(20);

    private static final Duration START = Duration.ofMinutes(3);

    /** Enough that each partition gets some. */
    private static final int ORDERS = 120;

    private static final String VICTIM = "one";
    private static final String SURVIVOR = "two";
    private static final String GROUP = "take-over";

    @TempDir
    private Path folder;

    private Database database;
    private SingleConnectionDataSource connection;
    private JdbcClient jdbc;
    private EmbeddedKafka broker;
    private LeashedProcess victim;
    private ConfigurableApplicationContext survivor;
    private KafkaTap kafka;

    @BeforeEach
    void start() {
        database = SharedBackends.freshDatabase("take_over");
        connection = new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
        jdbc = JdbcClient.create(connection);
        broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        victim = ServiceProcess.start(
                TestServiceApplication.class,
                folder,
                VICTIM,
                database,
                broker,
                Map.of("SPRING_APPLICATION_NAME", VICTIM, "SPRING_KAFKA_CONSUMER_GROUP_ID", GROUP));
        kafka = new KafkaTap(
                broker.bootstrapServers(),
                List.of(Topic.INVENTORY_COMMANDS.topicName(), Topic.SAGA_REPLIES.topicName()));
        // the instance declares the topics
        await().atMost(START).ignoreExceptions().until(() -> reserve() != null);
        OrderId first = reserve();
        await("it publishes the outbox")
                .atMost(START)
                .until(() -> repliers(first).contains(VICTIM));
        survivor = secondInstance();
    }

    @AfterEach
    void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (survivor != null) {
            survivor.close();
        }
        victim.kill();
        broker.close();
        connection.destroy();
    }

    @Test
    void theOtherInstanceTakesOverAllPartitionsAndTheOutboxAfterAKill() {
        Set<String> active = new HashSet<>();
        while (active.size() < 2) {
            OrderId order = reserve();
            await().atMost(START).until(() -> !repliers(order).isEmpty());
            active.addAll(repliers(order));
        }
        assertThat(publisher()).isEqualTo(VICTIM);

        List<OrderId> before =
                IntStream.range(0, ORDERS).mapToObj(_ -> reserve()).toList();
        victim.kill();
        long killedNanos = System.nanoTime();
        List<OrderId> after =
                IntStream.range(0, ORDERS).mapToObj(_ -> reserve()).toList();

        await("takeover by the other instance")
                .atMost(MAX_TAKEOVER)
                .until(() -> Stream.concat(before.stream(), after.stream())
                        .noneMatch(order -> repliers(order).isEmpty()));
        System.out.printf(
                "All partitions and the outbox were taken over %.1f s after the kill%n",
                (System.nanoTime() - killedNanos) / 1e9);

        assertThat(publisher()).isEqualTo(SURVIVOR);
        assertThat(after).allSatisfy(order -> assertThat(repliers(order)).containsOnly(SURVIVOR));
        assertThat(Stream.concat(before.stream(), after.stream()))
                .allSatisfy(order -> assertThat(effects(order)).isEqualTo(1));
    }

    private ConfigurableApplicationContext secondInstance() {
        return SpringApplication.run(
                TestServiceApplication.class,
                "--server.port=0",
                "--spring.application.name=" + SURVIVOR,
                "--spring.kafka.consumer.group-id=" + GROUP,
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--spring.datasource.url=" + database.jdbcUrl() + "?ApplicationName=" + SURVIVOR,
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password());
    }

    private OrderId reserve() {
        OrderId order = KitIntegrationTest.newOrder();
        kafka.send(new ReserveInventory(order, List.of(new OrderLine(new Sku("PENCIL"), 1))));
        return order;
    }

    /** The instances whose replies to this order are on Kafka. */
    private List<String> repliers(OrderId order) {
        return kafka.seen(Topic.SAGA_REPLIES.topicName(), order.toString()).stream()
                .map(RawMessage::headers)
                .map(headers -> headers.getOrDefault(MessageHeaders.SOURCE, "").substring(1))
                .toList();
    }

    /** The instance whose relay holds the lock of the outbox. */
    private String publisher() {
        return jdbc.sql("""
                        select activity.application_name
                          from pg_locks as lock join pg_stat_activity as activity using (pid)
                         where lock.locktype = 'advisory' and lock.granted and activity.datname = current_database()""").query(String.class).single();
    }

    private int effects(OrderId order) {
        return jdbc.sql("select count(*) from effects where order_id = ?")
                .param(order.value())
                .query(Integer.class)
                .single();
    }
}
