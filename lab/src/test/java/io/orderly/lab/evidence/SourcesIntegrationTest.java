package io.orderly.lab.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Topics and the provider's book. */
class SourcesIntegrationTest {

    private static final String BROKER = SharedBackends.kafka().bootstrapServers();

    @Test
    void readsTheFactsOfAnOrderInTheirOrderAndTheDeadLetters() throws Exception {
        OrderId order = new OrderId(UUID.randomUUID());
        String deadTopic = Topic.PAYMENT_COMMANDS.deadLetterTopicName();
        createTopics(Topic.ORDER_EVENTS.topicName(), deadTopic);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER), new StringSerializer(), new ByteArraySerializer())) {
            for (String event : List.of("OrderPlaced.v1 a", "OrderConfirmed.v1 b", "OrderPlaced.v1 a", "Newer.v9 c")) {
                String[] typeAndId = event.split(" ");
                var fact = new ProducerRecord<>(Topic.ORDER_EVENTS.topicName(), order.toString(), new byte[0]);
                fact.headers()
                        .add(MessageHeaders.TYPE, ("io.orderly.order.events." + typeAndId[0]).getBytes(UTF_8))
                        .add(MessageHeaders.ID, typeAndId[1].getBytes(UTF_8));
                producer.send(fact).get();
            }
            var dead = new ProducerRecord<>(deadTopic, order.toString(), new byte[0]);
            dead.headers().add(MessageHeaders.DEAD_LETTER_CAUSE, "no reason".getBytes(UTF_8));
            producer.send(dead).get();
        }

        var topics = new Topics(BROKER);
        assertThat(topics.facts().of(order))
                .extracting(PublishedFacts.Fact::name)
                .containsExactly("OrderPlaced", "OrderConfirmed", "io.orderly.order.events.Newer.v9");
        assertThat(topics.facts().byOrder().get(order)).hasSize(4);
        assertThat(topics.deadRecords()).contains(new DeadRecord(deadTopic, order.toString(), null, "no reason"));
    }

    @Test
    void readsTheWholeBookAndEachPaymentAsItStandsInTheEnd() throws Exception {
        Map<String, String> pages = Map.of("limit=1000&after=0", """
                {"payments": [
                  {"key": "pay-1", "status": "CHARGED", "reference": "o-1", "amount": 12.30, "currency": "EUR"},
                  {"key": "pay-2", "status": "VOIDED"}], "next": 2, "more": true}""", "limit=1000&after=2", """
                {"payments": [
                  {"key": "pay-1", "status": "REFUNDED", "reference": "o-1", "amount": 12.30, "currency": "EUR"}],
                 "next": 3, "more": false}""");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/book", exchange -> {
            String page = pages.get(exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(page == null ? 404 : 200, 0);
            try (exchange) {
                exchange.getResponseBody().write(String.valueOf(page).getBytes(UTF_8));
            }
        });
        server.start();
        try {
            URI provider = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(new Book(provider).lines())
                    .containsExactlyInAnyOrder(
                            new BookLine("pay-1", BookLine.Status.REFUNDED, "o-1", new BigDecimal("12.30")),
                            new BookLine("pay-2", BookLine.Status.VOIDED, null, null));
            server.removeContext("/book");
            assertThatThrownBy(() -> new Book(provider).lines())
                    .as("a book that cannot be read is no empty book")
                    .isInstanceOf(IOException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void seesTransactionsInDoubtTheirAgeAndTheirLocks() throws Exception {
        Database database = SharedBackends.freshDatabase("in_doubt");
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists things (id int)");
            statement.execute("begin; lock table things; prepare transaction 'seen'");
            try {
                InDoubt inDoubt = Sources.snapshot(database, InDoubt::read);
                assertThat(inDoubt.transactions()).isEqualTo(1);
                assertThat(inDoubt.locks()).isPositive();
                assertThat(inDoubt.oldestSeconds()).isPositive();
            } finally {
                statement.execute("rollback prepared 'seen'");
            }
            assertThat(Sources.snapshot(database, InDoubt::read)).isEqualTo(new InDoubt(0, 0, 0));
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
