package io.orderly.lab.audit;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.BookLine;
import io.orderly.lab.evidence.ClientRequests;
import io.orderly.lab.evidence.DeadLetterRecord;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.EvidenceSources;
import io.orderly.lab.evidence.ForeignRecords;
import io.orderly.lab.evidence.MessagingRows;
import io.orderly.lab.evidence.OrderRows;
import io.orderly.lab.evidence.PaymentRows;
import io.orderly.lab.evidence.PublishedEvents;
import io.orderly.lab.evidence.PublishedEvents.PublishedEvent;
import io.orderly.lab.evidence.ShipmentRows;
import io.orderly.lab.evidence.StockRows;
import io.orderly.lab.load.JournalEntry;
import io.orderly.lab.load.JournalEntry.Answered;
import io.orderly.lab.load.JournalEntry.Attempted;
import io.orderly.lab.load.JournalEntry.CancellationAnswered;
import io.orderly.lab.load.JournalEntry.Unanswered;
import io.orderly.lab.load.OrderResponse;
import io.orderly.lab.load.OrderScenario;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A consistent state of a system without pending work: the four databases with the services' own tables, the provider's
 * book and the topics. Each instance uses its own transactions, which are rolled back when it is closed, so tests
 * cannot affect each other.
 */
final class ConsistentSystem implements AutoCloseable {

    static final OrderId CONFIRMED = order(1);
    static final OrderId UNPAID = order(2);
    static final OrderId UNDELIVERED = order(3);
    static final OrderId CANCELLED = order(4);
    static final OrderId SOLD_OUT = order(5);
    static final OrderId PARKED = order(6);
    static final OrderId STRANGER = order(99);

    static final Duration RETENTION = Duration.ofHours(24);

    private static final Instant AT = Instant.parse("2026-11-23T04:30:00Z");
    private static final Map<String, Database> DATABASES = databases();

    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private final Map<String, JdbcClient> clients = new LinkedHashMap<>();

    final List<JournalEntry> journal = new ArrayList<>();
    final List<BookLine> book = new ArrayList<>();
    final Map<OrderId, List<PublishedEvent>> facts = new LinkedHashMap<>();
    final List<DeadLetterRecord> deadRecords = new ArrayList<>();
    ForeignRecords foreignRecords = ForeignRecords.NONE;

    ConsistentSystem() throws SQLException {
        for (var entry : DATABASES.entrySet()) {
            Database database = entry.getValue();
            Connection connection =
                    DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
            connection.setAutoCommit(false);
            connections.put(entry.getKey(), connection);
            clients.put(entry.getKey(), JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        }
        setUpClientsAndTopics();
    }

    private static OrderId order(int number) {
        return new OrderId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | number));
    }

    /** Runs a statement without parameters. */
    void run(String database, String sql) {
        for (String statement : sql.split(";")) {
            clients.get(database).sql(statement).update();
        }
    }

    /** Runs a statement that is not allowed within a transaction. */
    void runOutsideTransactions(String database, String sql) throws SQLException {
        connections.get(database).setAutoCommit(true);
        run(database, sql);
        connections.get(database).setAutoCommit(false);
    }

    Evidence evidence() {
        Map<String, MessagingRows> messaging = new LinkedHashMap<>();
        clients.forEach((name, client) -> messaging.put(name, MessagingRows.read(client, RETENTION)));
        return new Evidence(
                ClientRequests.of(journal),
                OrderRows.read(clients.get("orders")),
                StockRows.read(clients.get("inventory")),
                PaymentRows.read(clients.get("payments")),
                ShipmentRows.read(clients.get("shipping")),
                messaging,
                new PublishedEvents(facts),
                deadRecords,
                foreignRecords,
                book,
                EvidenceSources.preparedTransactions(clients.get("orders")));
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.rollback();
            connection.close();
        }
    }

    private static Map<String, Database> databases() {
        Map<String, Database> databases = new LinkedHashMap<>();
        databases.put("orders", migrated("order-service"));
        databases.put("inventory", migrated("inventory-service"));
        databases.put("payments", migrated("payment-service"));
        databases.put("shipping", migrated("shipping-service"));
        databases.forEach(ConsistentSystem::fill);
        return databases;
    }

    private static Database migrated(String service) {
        Database database = SharedBackends.freshDatabase("audit");
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations(
                        "filesystem:../kit-web/src/main/resources/db/kit",
                        "filesystem:../kit-messaging/src/main/resources/db/kit",
                        "filesystem:../" + service + "/src/main/resources/db/migration")
                .outOfOrder(true)
                .load()
                .migrate();
        return database;
    }

    private static void fill(String name, Database database) {
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            switch (name) {
                case "orders" -> fillOrders(jdbc);
                case "inventory" -> fillInventory(jdbc);
                case "payments" -> fillPayments(jdbc);
                default -> fillShipping(jdbc);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fillOrders(JdbcClient jdbc) {
        order(jdbc, CONFIRMED, "k-1", "ada", "CONFIRMED", "CONFIRMED", null, null);
        order(jdbc, UNPAID, "k-2", "broke", "REJECTED", "REJECTED", null, null);
        order(jdbc, UNDELIVERED, "k-3", "ada", "REJECTED", "REJECTED", null, null);
        order(jdbc, CANCELLED, "k-4", "ada", "CANCELLED", "CANCELLED", null, null);
        order(jdbc, SOLD_OUT, "k-5", "ada", "REJECTED", "REJECTED", null, null);
        order(jdbc, PARKED, "k-6", "ada", "PARKED", "FORWARD", "COMMIT_RESERVATION", "DEAD_LETTERED");
        for (int i = 1; i <= 6; i++) {
            jdbc.sql(
                            "insert into idempotency_keys (key, fingerprint, status, location, body) values (?, ?, 202, ?, '')")
                    .params("k-" + i, new byte[32], "/orders/" + order(i))
                    .update();
        }
        deadLetter(jdbc);
    }

    private static void order(
            JdbcClient jdbc,
            OrderId id,
            String key,
            String customer,
            String status,
            String phase,
            String awaiting,
            String parked) {
        jdbc.sql("""
                        insert into orders (id, customer, lines, address, total, currency, status, placed_at)
                        values (?, ?, ?::jsonb, ?::jsonb, 30.00, 'EUR', ?, now())""")
                .params(
                        id.value(),
                        customer,
                        "[{\"sku\":\"X-1\",\"quantity\":2},{\"sku\":\"Y-1\",\"quantity\":1}]",
                        "{\"name\":\"%s\",\"country\":\"DE\"}".formatted(key),
                        status)
                .update();
        jdbc.sql("""
                        insert into sagas (order_id, phase, awaiting, attempt, parked_reason, deadline_at, timeline_size, partition_id)
                        values (?, ?, ?, 1, ?, case when ? then now() end, 2, 0)""")
                .params(id.value(), phase, awaiting, parked, awaiting != null)
                .update();
        for (int seq = 1; seq <= 2; seq++) {
            jdbc.sql("""
                            insert into saga_timeline (order_id, seq, kind, at, lamport_time, hybrid_time)
                            values (?, ?, 'PLACED', now(), 1, 1)""").params(id.value(), seq).update();
        }
    }

    private static void deadLetter(JdbcClient jdbc) {
        jdbc.sql("""
                        insert into dead_letters (id, topic, record_partition, record_offset, message_key, headers, body,
                                                  cause, attempts, parked_at)
                        values (?, 'order.saga-replies', 0, 0, ?, '{}', '', 'cannot be read', 3, now())""").params(PARKED.value(), PARKED.toString()).update();
    }

    private static void fillInventory(JdbcClient jdbc) {
        jdbc.sql("""
                        insert into dead_letters (id, topic, record_partition, record_offset, message_key, headers, body,
                                                  cause, attempts, parked_at)
                        values (?, 'inventory.commands', 0, 0, null, '{}', '', 'unknown message type', 1, now())""").param(UUID.randomUUID()).update();
        for (String sku : List.of("X-1", "Y-1")) {
            jdbc.sql("insert into products values (?, 'a product', '', 'OFFICE', 10.00, 'EUR', 1)")
                    .param(sku)
                    .update();
        }
        jdbc.sql("insert into stock values ('X-1', 100, 5, 101, 2, 2), ('Y-1', 100, 0, 98, 1, 1)")
                .update();
        jdbc.sql("insert into restocks values (?, 'X-1', 5, now())")
                .param(UUID.randomUUID())
                .update();
        reservation(jdbc, CONFIRMED, "SHIPPED");
        reservation(jdbc, UNPAID, "RELEASED");
        reservation(jdbc, UNDELIVERED, "RELEASED");
        reservation(jdbc, CANCELLED, "RELEASED");
        reservation(jdbc, PARKED, "RESERVED");
    }

    private static void reservation(JdbcClient jdbc, OrderId order, String state) {
        jdbc.sql("insert into reservations values (?, 'X-1', 2, ?), (?, 'Y-1', 1, ?)")
                .params(order.value(), state, order.value(), state)
                .update();
    }

    private static void fillPayments(JdbcClient jdbc) {
        jdbc.sql(
                        "insert into accounts (customer_id, balance, currency) values ('ada', 940.00, 'EUR'), ('broke', 0, 'EUR')")
                .update();
        transfer(jdbc, UUID.randomUUID(), "OPENING", "funding", "customer:ada", "1000.00");
        payment(jdbc, CONFIRMED, "CHARGED", "ada");
        payment(jdbc, UNPAID, "DECLINED", "broke");
        payment(jdbc, UNDELIVERED, "REFUNDED", "ada");
        payment(jdbc, CANCELLED, "REFUNDED", "ada");
        payment(jdbc, PARKED, "CHARGED", "ada");
        for (OrderId charged : List.of(CONFIRMED, UNDELIVERED, CANCELLED, PARKED)) {
            transfer(jdbc, charged.value(), "HOLD", "customer:ada", "held", "30.00");
            transfer(jdbc, charged.value(), "CAPTURE", "held", "clearing", "30.00");
        }
        for (OrderId refunded : List.of(UNDELIVERED, CANCELLED)) {
            transfer(jdbc, refunded.value(), "REFUND", "clearing", "customer:ada", "30.00");
        }
    }

    private static void payment(JdbcClient jdbc, OrderId order, String state, String customer) {
        jdbc.sql("""
                        insert into payments (order_id, state, customer_id, amount, currency, decline_reason, attempts)
                        values (?, ?, ?, 30.00, 'EUR', case when ? then 'INSUFFICIENT_FUNDS' end, 1)""")
                .params(order.value(), state, customer, state.equals("DECLINED"))
                .update();
    }

    private static void transfer(
            JdbcClient jdbc, UUID reference, String kind, String debit, String credit, String amount) {
        jdbc.sql("""
                        insert into transfers (reference, kind, debit_account, credit_account, amount, currency)
                        values (?, ?, ?, ?, ?, 'EUR')""")
                .params(reference, kind, debit, credit, new BigDecimal(amount))
                .update();
    }

    private static void fillShipping(JdbcClient jdbc) {
        jdbc.sql("insert into capacity values ('DE', date '2026-11-24', 10, 2)").update();
        shipment(jdbc, CONFIRMED, "SCHEDULED");
        shipment(jdbc, CANCELLED, "CANCELLED");
        shipment(jdbc, PARKED, "SCHEDULED");
    }

    private static void shipment(JdbcClient jdbc, OrderId order, String state) {
        jdbc.sql("insert into shipments values (?, ?, 'n', 's', 'c', 'p', 'DE', date '2026-11-24', ?)")
                .params(order.value(), UUID.randomUUID(), state)
                .update();
    }

    /** Sets up the journal, the provider's book and the topics. */
    private void setUpClientsAndTopics() {
        for (int i = 1; i <= 6; i++) {
            journal.add(new Attempted("k-" + i, AT, OrderScenario.ORDINARY, "00"));
            journal.add(new Unanswered("k-" + i, AT, "a timeout"));
            journal.add(new Answered("k-" + i, AT, new OrderResponse(202, order(i))));
        }
        journal.add(new CancellationAnswered("k-4", AT, CANCELLED, 202));
        journal.add(new Attempted("k-refused", AT, OrderScenario.UNKNOWN_PRODUCT, "00"));
        journal.add(new Answered("k-refused", AT, new OrderResponse(422, null)));
        journal.add(new Attempted("k-unanswered", AT, OrderScenario.ORDINARY, "00"));
        journal.add(new Unanswered("k-unanswered", AT, "a timeout"));

        charge(CONFIRMED, BookLine.Status.CHARGED);
        charge(UNDELIVERED, BookLine.Status.REFUNDED);
        charge(CANCELLED, BookLine.Status.REFUNDED);
        charge(PARKED, BookLine.Status.CHARGED);
        book.add(new BookLine("pay-" + SOLD_OUT, BookLine.Status.VOIDED, null, null));

        published(
                CONFIRMED, "OrderPlaced", "InventoryReserved", "PaymentCharged", "ShipmentScheduled", "OrderConfirmed");
        published(UNPAID, "OrderPlaced", "InventoryReserved", "InventoryReleased", "OrderRejected");
        published(
                UNDELIVERED, "OrderPlaced", "InventoryReserved", "PaymentCharged", "PaymentRefunded", "OrderRejected");
        published(CANCELLED, "OrderPlaced", "ShipmentCancelled", "PaymentRefunded", "OrderCancelled");
        published(SOLD_OUT, "OrderPlaced", "OrderRejected");
        published(PARKED, "OrderPlaced", "InventoryReserved", "PaymentCharged", "ShipmentScheduled", "OrderParked");
        // a late duplicate
        facts.get(CONFIRMED).add(facts.get(CONFIRMED).getFirst());
        deadRecords.add(new DeadLetterRecord("order.saga-replies.dlt", PARKED.toString(), "unknown", "cannot be read"));
        deadRecords.add(new DeadLetterRecord("inventory.commands.dlt", "", "unknown", "unknown message type"));
    }

    private void charge(OrderId order, BookLine.Status status) {
        book.add(new BookLine("pay-" + order, status, order.toString(), new BigDecimal("30.00")));
    }

    void published(OrderId order, String... names) {
        List<PublishedEvent> story = facts.computeIfAbsent(order, _ -> new ArrayList<>());
        Arrays.stream(names).forEach(name -> story.add(new PublishedEvent(order + "-" + story.size(), name)));
    }
}
