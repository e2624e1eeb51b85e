package io.orderly.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.lab.run.RunResult.Ownership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances of the order-service, as their database sees them. */
class OwnershipWitnessIntegrationTest {

    private static final String ORDER = "0190a208-28c3-74e6-aa43-63483f96775c";

    private final AtomicInteger entries = new AtomicInteger();
    private final List<HttpServer> servers = new ArrayList<>();
    private Database database;
    private OwnershipWitness witness;
    private Connection first;
    private Connection second;

    @BeforeEach
    void install() throws Exception {
        database = SharedBackends.freshDatabase("witness");
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations(
                        "filesystem:../kit-web/src/main/resources/db/kit",
                        "filesystem:../kit-messaging/src/main/resources/db/kit",
                        "filesystem:../order-service/src/main/resources/db/migration")
                .outOfOrder(true)
                .load()
                .migrate();
        witness = OwnershipWitness.install(database, List.of());
        first = connection("order-service-1");
        second = connection("order-service-2");
        execute(first, """
                insert into sagas (order_id, phase, awaiting, attempt, deadline_at, timeline_size, partition_id)
                values ('%s', 'FORWARD', 'CHARGE_PAYMENT', 1, now(), 0, 7)""".formatted(ORDER));
    }

    @AfterEach
    void close() throws SQLException {
        first.close();
        second.close();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void theOwnerDecidesAndDeletes() throws SQLException {
        decide(first);
        own(first, 5);
        decide(first);
        publish(first);
        own(second, 6);
        decide(second);
        publish(second);

        assertThat(staleWrites()).isZero();
    }

    @Test
    void aDecisionOfAnEarlierOwnerCounts() throws SQLException {
        own(first, 5);
        own(second, 6);
        decide(first);
        decide(first);
        publish(first);

        assertThat(staleWrites()).isEqualTo(3);
    }

    /** The check and the write came first, and the commit after. */
    @Test
    void aTransactionThatAnotherOwnerHasOvertakenCounts() throws SQLException {
        own(first, 5);
        first.setAutoCommit(false);
        decide(first);
        own(second, 6);
        assertThat(staleWrites()).isZero();
        first.commit();

        assertThat(staleWrites()).isEqualTo(1);
    }

    @Test
    void otherEntriesOfTimelinesDoNotCount() throws SQLException {
        own(second, 6);
        entry(first, "REPLY");

        assertThat(staleWrites()).isZero();
    }

    @Test
    void refusalsOfAllInstancesAreAdded() throws Exception {
        List<URI> services = List.of(service(2, 0), service(5, 3));

        assertThat(new OwnershipWitness(database, services).seen()).isEqualTo(new Ownership(0, 10L));
        servers.getLast().stop(0);
        assertThat(new OwnershipWitness(database, services).seen()).isEqualTo(new Ownership(0, null));
    }

    private URI service(int refusedMessages, int refusedTransactions) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metric(server, "orderly.outbox.refusals", refusedMessages);
        metric(server, "orderly.partitions.refusals", refusedTransactions);
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void metric(HttpServer server, String name, int value) {
        server.createContext("/actuator/metrics/" + name, exchange -> {
            byte[] body = """
                    {"name": "%s", "measurements": [{"statistic": "COUNT", "value": %d.0}]}""".formatted(name, value).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private long staleWrites() {
        return witness.seen().staleWrites();
    }

    private static void own(Connection instance, long token) throws SQLException {
        execute(instance, "update partition_tokens set token = %d where partition_id = 7".formatted(token));
    }

    private void decide(Connection instance) throws SQLException {
        entry(instance, "DEADLINE");
    }

    private void entry(Connection instance, String kind) throws SQLException {
        execute(instance, """
                insert into saga_timeline (order_id, seq, kind, at, lamport_time, hybrid_time)
                values ('%s', %d, '%s', now(), 1, 1)""".formatted(ORDER, entries.incrementAndGet(), kind));
    }

    /** A message is appended, sent and deleted. */
    private static void publish(Connection instance) throws SQLException {
        execute(instance, """
                insert into outbox (topic, message_key, partition_id, headers, body, lamport_time, hybrid_time)
                values ('t', 'k', 7, '{}', '', 1, 1)""");
        execute(instance, "delete from outbox");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connection(String instance) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl() + "?ApplicationName=" + instance, database.username(), database.password());
    }
}
