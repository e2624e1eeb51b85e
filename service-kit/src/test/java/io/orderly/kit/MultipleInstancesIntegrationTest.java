package io.orderly.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.kit.testing.KafkaTap;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Instances of a service start and stop, on their own database and broker, which are empty at first. */
class MultipleInstancesIntegrationTest {

    private static final String COMMANDS = Topic.INVENTORY_COMMANDS.topicName();
    private static final String REPLIES = Topic.SAGA_REPLIES.topicName();

    /** How often an instance is started and the older of two is stopped. */
    private static final int CHANGES = 3;

    @TempDir
    private Path folder;

    private Database database;
    private EmbeddedKafka broker;
    private KafkaTap kafka;
    private SingleConnectionDataSource connection;
    private JdbcClient jdbc;
    private final Deque<ConfigurableApplicationContext> instances = new ArrayDeque<>();

    @BeforeEach
    void start() {
        database = SharedBackends.freshDatabase("instances");
        broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        kafka = new KafkaTap(broker.bootstrapServers(), List.of(REPLIES));
        connection = new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
        jdbc = JdbcClient.create(connection);
    }

    @AfterEach
    void stop() {
        kafka.close();
        instances.forEach(ConfigurableApplicationContext::close);
        broker.close();
        connection.destroy();
    }

    @Test
    void everyMessageIsHandledOnceWhileInstancesStartAndStop() {
        CompletableFuture<ConfigurableApplicationContext> one = CompletableFuture.supplyAsync(
                this::instance, task -> Thread.ofPlatform().start(task));
        CompletableFuture<ConfigurableApplicationContext> other = CompletableFuture.supplyAsync(
                this::instance, task -> Thread.ofPlatform().start(task));
        instances.add(one.join());
        instances.add(other.join());

        var sending = new AtomicBoolean(true);
        CompletableFuture<List<OrderId>> sent = CompletableFuture.supplyAsync(
                () -> sendWhile(sending), task -> Thread.ofPlatform().start(task));
        for (int change = 0; change < CHANGES; change++) {
            instances.add(instance());
            int handled = effects();
            await().until(() -> effects() > handled);
            instances.removeFirst().close();
        }
        sending.set(false);
        List<OrderId> orders = sent.join();

        await().until(() -> orders.stream()
                .noneMatch(order -> kafka.seen(REPLIES, order.toString()).isEmpty()));
        await().until(() ->
                jdbc.sql("select count(*) from outbox").query(Long.class).single() == 0);
        assertThat(jdbc.sql("select order_id from effects").query(UUID.class).list())
                .containsExactlyInAnyOrderElementsOf(
                        orders.stream().map(OrderId::value).toList());
        assertThat(jdbc.sql("select count(*) from dead_letters")
                        .query(Long.class)
                        .single())
                .isZero();
        // a relay that is stopped during a batch may publish duplicates, which have the same id
        assertThat(orders)
                .allSatisfy(order -> assertThat(kafka.seen(REPLIES, order.toString()).stream()
                                .map(reply -> reply.headers().get(MessageHeaders.ID))
                                .distinct())
                        .hasSize(1));
    }

    private List<OrderId> sendWhile(AtomicBoolean sending) {
        List<OrderId> orders = new ArrayList<>();
        while (sending.get()) {
            OrderId order = KitIntegrationTest.newOrder();
            kafka.send(reserve(order));
            orders.add(order);
        }
        return orders;
    }

    @Test
    void aRecordOfARecreatedTopicGetsItsOwnDeadLetterBehindThoseOfTheDeletedTopic() throws Exception {
        instances.add(instance());
        OrderId early = KitIntegrationTest.newOrder();
        OrderId late = KitIntegrationTest.newOrder();
        recreateCommandTopic();
        sendUnreadable(KitIntegrationTest.newOrder());
        sendUnreadable(early);
        await().until(() -> letters() == 2);

        recreateCommandTopic();
        sendUnreadable(late);
        kafka.send(new CommitReservation(early));

        await().until(() -> letters() == 4);
        await().until(() -> kafka.messages(REPLIES, late.toString()).size() == 1);
        assertThat((Object) kafka.messages(REPLIES, late.toString()).getFirst())
                .isInstanceOf(CommandDeadLettered.class);
        // both had offset 1, and they are in the order of arrival
        assertThat(causesOf(early)).hasSize(2);
        assertThat(causesOf(early).getFirst()).isNotEmpty();
        assertThat(causesOf(early).getLast()).isEmpty();
    }

    /** Recreates the topic of commands, empty and with one partition. */
    private void recreateCommandTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(COMMANDS)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(COMMANDS));
            await().ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(COMMANDS, 1, (short) 1)))
                        .all()
                        .get();
                return true;
            });
        }
    }

    private void sendUnreadable(OrderId order) {
        kafka.send(COMMANDS, order.toString(), Map.of(), "?".getBytes(UTF_8));
    }

    private long letters() {
        return jdbc.sql("select count(*) from dead_letters").query(Long.class).single();
    }

    /** The causes of the order's dead letters; empty for one that only waits. */
    private List<String> causesOf(OrderId order) {
        return jdbc.sql("select coalesce(cause, '') from dead_letters where message_key = ? order by arrival")
                .param(order.toString())
                .query(String.class)
                .list();
    }

    private int effects() {
        return jdbc.sql("select count(*) from effects").query(Integer.class).single();
    }

    private static ReserveInventory reserve(OrderId order) {
        return new ReserveInventory(order, List.of(new OrderLine(new Sku("A-1"), 1)));
    }

    private ConfigurableApplicationContext instance() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", 0);
        properties.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
        properties.put("spring.datasource.url", database.jdbcUrl());
        properties.put("spring.datasource.username", database.username());
        properties.put("spring.datasource.password", database.password());
        return new SpringApplicationBuilder(TestServiceApplication.class)
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("instance", properties)))
                .run();
    }

    private static ConditionFactory await() {
        return KitIntegrationTest.await();
    }
}
