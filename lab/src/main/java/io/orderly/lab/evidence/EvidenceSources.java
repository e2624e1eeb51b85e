package io.orderly.lab.evidence;

import io.orderly.backends.Database;
import io.orderly.backends.PostgreSqlCluster;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Printable;
import io.orderly.lab.load.JournalEntry;
import io.orderly.stack.process.ProcessFailure;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The sources of evidence: the databases, the broker and the payment provider.
 *
 * @param retention how long services keep inbox entries and stored responses, including the sweep interval
 */
public record EvidenceSources(
        Database orders,
        Database inventory,
        Database payments,
        Database shipping,
        String bootstrapServers,
        URI provider,
        Duration retention) {

    /** The services' default of one day plus the sweep interval. */
    private static final Duration RETENTION = Duration.ofHours(24).plusMinutes(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);
    private static final int MAX_REASON_LENGTH = 300;

    private static final String PREPARED = "select gid from pg_prepared_xacts order by gid";

    /** The sources of a system on this machine. */
    public static EvidenceSources of(int postgresql, int kafka, URI provider) {
        return new EvidenceSources(
                PostgreSqlCluster.database(postgresql, "orders"),
                PostgreSqlCluster.database(postgresql, "inventory"),
                PostgreSqlCluster.database(postgresql, "payments"),
                PostgreSqlCluster.database(postgresql, "shipping"),
                "127.0.0.1:" + kafka,
                provider,
                RETENTION);
    }

    /**
     * Reads all evidence.
     *
     * @param journal the journal entries of all clients
     * @throws ProcessFailure if a database, the broker or the provider is unavailable or cannot be read
     */
    public Evidence gather(List<JournalEntry> journal) throws InterruptedException {
        TopicRecords topics = new TopicReader(bootstrapServers).read();
        return new Evidence(
                ClientRequests.of(journal),
                snapshot(orders, OrderRows::read),
                snapshot(inventory, StockRows::read),
                snapshot(payments, PaymentRows::read),
                snapshot(shipping, ShipmentRows::read),
                messaging(),
                topics.events(),
                topics.deadRecords(),
                topics.foreignRecords(),
                new ProviderBookReader(provider).lines(),
                snapshot(orders, EvidenceSources::preparedTransactions));
    }

    /** Reads only the services' databases, each in one snapshot: fast enough for a system under load. */
    public Evidence gatherDatabases() {
        return new Evidence(
                ClientRequests.of(List.of()),
                snapshot(orders, OrderRows::read),
                snapshot(inventory, StockRows::read),
                snapshot(payments, PaymentRows::read),
                snapshot(shipping, ShipmentRows::read),
                Map.of(),
                new PublishedEvents(Map.of()),
                List.of(),
                ForeignRecords.NONE,
                List.of(),
                List.of());
    }

    /** The prepared transactions of all databases of the server. */
    public static List<String> preparedTransactions(JdbcClient jdbc) {
        return jdbc.sql(PREPARED).query(String.class).list();
    }

    /**
     * The history of an order.
     *
     * @param journal the journal entries of all clients
     */
    public OrderHistory history(OrderId order, List<JournalEntry> journal) throws InterruptedException {
        return OrderHistory.read(this, order, journal, new ProviderBookReader(provider).lines());
    }

    /** The number of products in the order-service's copy of the catalogue. */
    public long productsKnownToOrders() {
        return snapshot(
                orders,
                jdbc -> jdbc.sql("select count(*) from catalogue_products")
                        .query(Long.class)
                        .single());
    }

    /** The current prepared transactions. */
    public InDoubtTransactions inDoubt() {
        return snapshot(orders, InDoubtTransactions::read);
    }

    /** The current states of incomplete sagas. */
    public SagaStateCounts sagaStates() {
        return snapshot(orders, SagaStateCounts::read);
    }

    /** The current pending work. */
    public PendingWork pendingWork() {
        return PendingWork.read(this);
    }

    private Map<String, MessagingRows> messaging() {
        Map<String, MessagingRows> messaging = new TreeMap<>();
        Map.of("orders", orders, "inventory", inventory, "payments", payments, "shipping", shipping)
                .forEach((name, database) ->
                        messaging.put(name, snapshot(database, jdbc -> MessagingRows.read(jdbc, retention))));
        return messaging;
    }

    /**
     * Reads a database in one snapshot.
     *
     * @throws ProcessFailure if the database is unavailable or cannot be read
     */
    static <T> T snapshot(Database database, Function<JdbcClient, T> reader) {
        return snapshot(database, CONNECT_TIMEOUT, reader);
    }

    /** @param connectTimeout how long the server may take to open a connection */
    static <T> T snapshot(Database database, Duration connectTimeout, Function<JdbcClient, T> reader) {
        var properties = new Properties();
        properties.setProperty("user", database.username());
        properties.setProperty("password", database.password());
        properties.setProperty("loginTimeout", Long.toString(connectTimeout.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(READ_TIMEOUT.toSeconds()));
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return reader.apply(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        } catch (SQLException e) {
            throw unreadable(database, e, e);
        } catch (DataAccessException e) {
            throw unreadable(database, e, e.getMostSpecificCause());
        }
    }

    private static ProcessFailure unreadable(Database database, Exception failure, Throwable why) {
        return new ProcessFailure(
                "%s cannot be read: %s".formatted(database.jdbcUrl(), firstLine(why.getMessage())), failure);
    }

    /** The first line of a message; PostgreSQL adds details on further lines. */
    private static String firstLine(@Nullable String message) {
        return Printable.of(String.valueOf(message).lines().findFirst().orElse(""), MAX_REASON_LENGTH);
    }
}
