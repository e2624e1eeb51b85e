package io.orderly.lab.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.orderly.backends.Database;
import io.orderly.backends.FreePort;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.stack.process.ProcessFailure;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the topics, the provider's book and the databases as sources of evidence. */
@ResourceLock("topics of the shared broker")
class EvidenceSourcesIntegrationTest {

    private static final String BROKER = SharedBackends.kafka().bootstrapServers();

    @Test
    void readsEventsInOrderAndDeadLettersAmongForeignRecords() throws Exception {
        OrderId order = new OrderId(UUID.randomUUID());
        String deadTopic = Topic.PAYMENT_COMMANDS.deadLetterTopicName();
        createTopics(Topic.ORDER_EVENTS.topicName(), deadTopic);
        var placed = new OrderPlaced(
                order, new CustomerId("ada"), List.of(new OrderLine(new Sku("A-1"), 1)), Money.euros("1.20"));
        var confirmed = new OrderConfirmed(order);
        long foreignBefore = new TopicReader(BROKER).read().foreignRecords().count();
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(fact(order, MessageType.of(placed).name(), "a", placed))
                    .get();
            for (String key : Arrays.asList(null, "no-uuid", "with\u0000nul")) {
                producer.send(new ProducerRecord<>(Topic.ORDER_EVENTS.topicName(), key, "garbage".getBytes(UTF_8)))
                        .get();
                producer.send(new ProducerRecord<>(deadTopic, key, new byte[900_000]))
                        .get();
            }
            producer.send(fact(order, MessageType.of(confirmed).name(), "b", confirmed))
                    .get();
            producer.send(fact(order, MessageType.of(placed).name(), "a", placed))
                    .get();
            producer.send(fact(order, "io.orderly.order.events.Newer.v9", "c", confirmed))
                    .get();
            var dead = new ProducerRecord<>(deadTopic, order.toString(), new byte[0]);
            dead.headers().add(MessageHeaders.DEAD_LETTER_CAUSE, "no\u0000 reason".getBytes(UTF_8));
            producer.send(dead).get();
        }

        TopicRecords records = new TopicReader(BROKER).read();
        assertThat(records.events().of(order))
                .extracting(PublishedEvents.PublishedEvent::name)
                .containsExactly("OrderPlaced", "OrderConfirmed", "io.orderly.order.events.Newer.v9");
        assertThat(records.events().byOrder().get(order)).hasSize(4);
        assertThat(records.deadRecords())
                .contains(new DeadLetterRecord(deadTopic, order.toString(), null, "no\\u0000 reason"));
        assertThat(records.foreignRecords().count()).isEqualTo(foreignBefore + 6);
        assertThat(records.foreignRecords().shown())
                .as("only a limited number is kept")
                .hasSizeBetween(6, 20)
                .extracting(ForeignRecord::topic)
                .contains(Topic.ORDER_EVENTS.topicName(), deadTopic);
    }

    private static ProducerRecord<String, byte[]> fact(OrderId order, String type, String id, Message message) {
        var fact = new ProducerRecord<>(Topic.ORDER_EVENTS.topicName(), order.toString(), MessageCodec.encode(message));
        fact.headers().add(MessageHeaders.TYPE, type.getBytes(UTF_8)).add(MessageHeaders.ID, id.getBytes(UTF_8));
        return fact;
    }

    @Test
    void readsTheWholeBookWithTheLastStateOfEachPayment() throws Exception {
        Map<String, String> pages = Map.of("limit=1000&after=0", """
                {"payments": [
                  {"key": "pay-1", "status": "CHARGED", "reference": "o-1", "amount": 12.30, "currency": "EUR"},
                  {"key": "pay-2", "status": "VOIDED"}], "next": 2, "more": true}""", "limit=1000&after=2", """
                {"payments": [
                  {"key": "pay-1", "status": "REFUNDED", "reference": "o-1", "amount": 12.30, "currency": "EUR"}],
                 "next": 3, "more": false}""");
        try (Provider provider = new Provider(query -> pages.get(query))) {
            assertThat(new ProviderBookReader(provider.uri()).lines())
                    .containsExactlyInAnyOrder(
                            new BookLine("pay-1", BookLine.Status.REFUNDED, "o-1", new BigDecimal("12.30")),
                            new BookLine("pay-2", BookLine.Status.VOIDED, null, null));
        }
    }

    @Test
    void readsABookLineWithUnknownValues() throws Exception {
        try (Provider provider = new Provider(_ -> """
                {"payments": [{"key": "k", "status": "ON_THE_MOON", "reference": "no order", "colour": 1}],
                 "next": 1, "more": false}""")) {
            assertThat(new ProviderBookReader(provider.uri()).lines())
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.status()).isEqualTo(BookLine.Status.UNKNOWN);
                        assertThat(line.order()).isEmpty();
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "null",
                "[]",
                "{}",
                "{\"payments\": null, \"next\": 1, \"more\": false}",
                "{\"payments\": [null], \"next\": 1, \"more\": false}",
                "{\"payments\": [{\"status\": \"CHARGED\"}], \"next\": 1, \"more\": false}",
                "{\"payments\": [{\"key\": \"k\", \"status\": null}], \"next\": 1, \"more\": false}",
                "{\"payments\": [], \"next\": 0, \"more\": true}",
                "not found"
            })
    void anUnreadableBookIsAFailureAndNotAnEmptyBook(String page) throws Exception {
        try (Provider provider = new Provider(_ -> page.equals("not found") ? null : page)) {
            assertThatThrownBy(() -> new ProviderBookReader(provider.uri()).lines())
                    .isInstanceOf(ProcessFailure.class)
                    .hasMessageContaining("the book of the payment provider")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void reportsWhichSourceIsUnavailable() throws Exception {
        EvidenceSources away =
                EvidenceSources.of(FreePort.find(), FreePort.find(), URI.create("http://127.0.0.1:" + FreePort.find()));
        assertThatThrownBy(away::gatherDatabases)
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("jdbc:postgresql")
                .hasMessageContaining("cannot be read")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> new ProviderBookReader(away.provider()).lines())
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("the book of the payment provider");
    }

    @Test
    void timesOutOnAPortWithoutADatabase() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Database database =
                    new Database("jdbc:postgresql://127.0.0.1:%d/x".formatted(silent.getLocalPort()), "x", "x");
            assertThatThrownBy(() -> EvidenceSources.snapshot(database, Duration.ofSeconds(1), OrderRows::read))
                    .isInstanceOf(ProcessFailure.class)
                    .hasMessageContaining("cannot be read: Connection attempt timed out");
        }
    }

    @Test
    void reportsAMissingTable() throws Exception {
        Database empty = SharedBackends.freshDatabase("empty");
        assertThatThrownBy(() -> EvidenceSources.snapshot(empty, OrderRows::read))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("does not exist")
                .hasMessageNotContaining("\n");
    }

    /** Answers with the configured responses, and with 404 otherwise. */
    private static final class Provider implements AutoCloseable {

        private final HttpServer server;

        Provider(Function<String, String> pages) throws Exception {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/book", exchange -> {
                String page = pages.apply(exchange.getRequestURI().getQuery());
                exchange.sendResponseHeaders(page == null ? 404 : 200, 0);
                try (exchange) {
                    exchange.getResponseBody().write(String.valueOf(page).getBytes(UTF_8));
                }
            });
            server.start();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void readsInDoubtTransactionsWithTheirAgeAndLocks() throws Exception {
        Database database = SharedBackends.freshDatabase("in_doubt");
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists things (id int)");
            statement.execute("begin; lock table things; prepare transaction 'seen'");
            try {
                InDoubtTransactions inDoubt = EvidenceSources.snapshot(database, InDoubtTransactions::read);
                assertThat(inDoubt.transactions()).isEqualTo(1);
                assertThat(inDoubt.locks()).isPositive();
                assertThat(inDoubt.oldestSeconds()).isPositive();
            } finally {
                statement.execute("rollback prepared 'seen'");
            }
            assertThat(EvidenceSources.snapshot(database, InDoubtTransactions::read))
                    .isEqualTo(new InDoubtTransactions(0, 0, 0));
        }
    }

    private static void createTopics(String... names) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER))) {
            for (String name : names) {
                if (!admin.listTopics().names().get().contains(name)) {
                    admin.createTopics(List.of(new NewTopic(name, 3, (short) 1)))
                            .all()
                            .get();
                }
            }
        }
    }
}
