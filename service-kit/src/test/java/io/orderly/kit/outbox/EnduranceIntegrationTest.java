package io.orderly.kit.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Message;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.InventoryReserved;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.contracts.event.PaymentCharged;
import io.orderly.contracts.event.ShipmentScheduled;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.fencing.PartitionTokens;
import io.orderly.kit.idempotency.Fingerprint;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentRequest;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.partitions.PartitionId;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The size of the tables is bounded by their retention, and the cost of publishing does not grow, whatever the number of
 * orders. One service in all roles sends the nine messages of each order through its outbox, Kafka and its inbox.
 *
 * <p>The test compares pages, rows and buffers, not times. {@code -Dorders=100000} makes it a long run, which prints the
 * measurements of each tenth.
 */
@SpringBootTest(
        classes = EnduranceIntegrationTest.Service.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=kit-endurance",
            "orderly.consuming.inbox-retention=1s",
            "orderly.idempotency.retention=1s",
            "orderly.retention.interval=200ms"
        })
class EnduranceIntegrationTest {

    private static final int BOUNDED_ORDERS = 2_000;
    private static final int ORDERS = Integer.getInteger("orders", BOUNDED_ORDERS);
    private static final int TENTHS = 10;
    private static final int MESSAGES_PER_ORDER = 9;
    private static final int CLIENTS = 4;

    /** The maximum number of unfinished orders, which bounds the number of messages in the outbox. */
    private static final int MAX_UNFINISHED = 200;

    private static final List<String> TABLES = List.of("outbox", "inbox", "idempotency_keys");

    /** A timeout for hanging threads only. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @Autowired
    Outbox outbox;

    @Autowired
    IdempotencyKeys idempotencyKeys;

    @Autowired
    UnfinishedOrders unfinished;

    @Autowired
    OutboxProperties properties;

    @Autowired
    DataSource dataSource;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        SharedBackends.springProperties("endurance").forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void disableAutovacuumOfTheOutbox() {
        jdbc.sql("alter table outbox set (autovacuum_enabled = false)").update();
    }

    @Test
    void theSizeOfTheTablesAndTheCostOfPublishingAreBounded() throws Exception {
        List<Tenth> tenths = new ArrayList<>();
        for (int i = 0; i < TENTHS; i++) {
            tenths.add(processOrders(ORDERS / TENTHS));
            if (ORDERS > BOUNDED_ORDERS) {
                print(tenths.size(), tenths.getLast());
            }
            assertPublishingIsCheap();
            assertExpiredRowsAreDeleted();
        }

        assertThat(tenths).allSatisfy(tenth -> assertThat(tenth.pages("outbox")).isLessThanOrEqualTo(maxPages()));
        for (String table : List.of("inbox", "idempotency_keys")) {
            long atTheStart = tenths.subList(0, 3).stream()
                    .mapToLong(tenth -> tenth.pages(table))
                    .max()
                    .orElseThrow();
            assertThat(tenths)
                    .as(table)
                    .allSatisfy(tenth -> assertThat(tenth.pages(table)).isLessThanOrEqualTo(2 * atTheStart));
        }
    }

    /** Like an idle session in a transaction: rows deleted after it began cannot be removed before it ends. */
    @Test
    void publishingRecoversAfterALongTransactionThatBlockedVacuum() throws Exception {
        int ordersForTwoVacuums = 2 * properties.rowsPerVacuum() / MESSAGES_PER_ORDER + 1;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");

            processOrders(ordersForTwoVacuums);

            assertThat(buffersPerQuery()).isGreaterThan(maxBuffers());
            connection.rollback();
        }
        processOrders(ordersForTwoVacuums);

        assertPublishingIsCheap();
        assertExpiredRowsAreDeleted();
    }

    /** Places the given number of orders, and returns when all are finished and the outbox is empty. */
    private Tenth processOrders(int orders) throws Exception {
        Map<String, Size> peaks = new HashMap<>();
        var left = new AtomicInteger(orders);
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Void>> clients = Stream.generate(() -> pool.submit(() -> placeOrders(left)))
                    .limit(CLIENTS)
                    .toList();
            for (Future<Void> client : clients) {
                while (!hasEnded(client)) {
                    measure(peaks);
                }
            }
        }
        await().until(() -> unfinished.isEmpty() && rows("outbox") == 0);
        double seconds = (System.nanoTime() - start) / 1e9;
        measure(peaks);
        return new Tenth(orders * MESSAGES_PER_ORDER / seconds, peaks, buffersPerQuery());
    }

    private void assertPublishingIsCheap() {
        // recently deleted rows may still be visible to another transaction, and are scanned until it ends
        await().untilAsserted(() -> assertThat(buffersPerQuery()).isLessThanOrEqualTo(maxBuffers()));
    }

    private void assertExpiredRowsAreDeleted() {
        await().untilAsserted(() ->
                assertThat(rows("inbox") + rows("idempotency_keys")).isZero());
        // autovacuum runs once a minute, which suffices for a retention of a day but not of a second
        jdbc.sql("vacuum inbox").update();
        jdbc.sql("vacuum idempotency_keys").update();
    }

    /** Live and dead rows; twice as many, because a vacuum may fail to remove rows that are still visible. */
    private long maxOutboxRows() {
        return 2L * (MESSAGES_PER_ORDER * MAX_UNFINISHED + properties.batchSize() + properties.rowsPerVacuum());
    }

    /** A row needs less than 1 KiB in this test. */
    private long maxPages() {
        return maxOutboxRows() * 1_024 / 8_192;
    }

    /** A leaf page of the index has more than 300 positions; the other pages are inner pages. */
    private long maxBuffers() {
        return maxOutboxRows() / 300 + 10;
    }

    private static void print(int number, Tenth tenth) {
        if (number == 1) {
            System.out.printf("%d orders, %d messages each; maximum rows and pages%n", ORDERS, MESSAGES_PER_ORDER);
            System.out.println(
                    "tenth  published/s   outbox rows pages   inbox rows pages    keys rows pages   buffers/query");
        }
        System.out.printf("%5d  %11.0f", number, tenth.publishedPerSecond());
        for (String table : TABLES) {
            Size peak = tenth.peaks().get(table);
            System.out.printf("  %11d %5d", peak.rows(), peak.pages());
        }
        System.out.printf("  %13d%n", tenth.buffersPerQuery());
    }

    private static boolean hasEnded(Future<Void> client) throws InterruptedException, ExecutionException {
        try {
            client.get(100, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        }
    }

    private Void placeOrders(AtomicInteger left) throws InterruptedException {
        while (left.getAndDecrement() > 0) {
            OrderId order = new OrderId(Generators.timeBasedEpochGenerator().generate());
            unfinished.add(order);
            place(order);
        }
        return null;
    }

    private void place(OrderId order) {
        Fingerprint fingerprint =
                Fingerprint.of("POST", "/orders", order.toString().getBytes(UTF_8));
        var request = new IdempotentRequest("POST /orders", UUID.randomUUID().toString(), fingerprint, fingerprint);
        idempotencyKeys.once(request, () -> {
            RoleHandler.firstMessages(order).forEach(outbox::append);
            return IdempotentResponse.accepted(
                    URI.create("/orders/" + order),
                    "{\"orderId\":\"%s\"}".formatted(order).getBytes(UTF_8));
        });
    }

    private void measure(Map<String, Size> peaks) {
        for (String table : TABLES) {
            peaks.merge(table, new Size(rows(table), pages(table)), Size::max);
        }
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private long pages(String table) {
        return jdbc.sql("select pg_total_relation_size(?::regclass) / current_setting('block_size')::int")
                .param(table)
                .query(Long.class)
                .single();
    }

    /** The number of pages that the relay's query reads while the outbox is empty. */
    private long buffersPerQuery() {
        String explained = jdbc.sql("explain (analyze, buffers, format json) " + OutboxTable.OLDEST)
                .param(PartitionTokens.numbers(Set.copyOf(PartitionId.all())))
                .param(properties.batchSize())
                .param(properties.maxBatchBytes())
                .query(String.class)
                .single();
        JsonNode plan = json.readTree(explained).get(0).get("Plan");
        return plan.get("Shared Hit Blocks").asLong()
                + plan.get("Shared Read Blocks").asLong();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(20));
    }

    /** @param pages of the table with its indexes, 8 KiB each */
    record Size(long rows, long pages) {

        Size max(Size other) {
            return new Size(Math.max(rows, other.rows), Math.max(pages, other.pages));
        }
    }

    /** @param peaks the maximum sizes, by table */
    record Tenth(double publishedPerSecond, Map<String, Size> peaks, long buffersPerQuery) {

        long pages(String table) {
            return peaks.get(table).pages();
        }
    }

    /** A service in all roles. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        @Bean
        UnfinishedOrders unfinished() {
            return new UnfinishedOrders();
        }

        @Bean
        MessageHandler payments(Outbox outbox, UnfinishedOrders unfinished) {
            return new RoleHandler(Topic.PAYMENT_COMMANDS, outbox, unfinished);
        }

        @Bean
        MessageHandler shipments(Outbox outbox, UnfinishedOrders unfinished) {
            return new RoleHandler(Topic.SHIPPING_COMMANDS, outbox, unfinished);
        }

        @Bean
        MessageHandler replies(Outbox outbox, UnfinishedOrders unfinished) {
            return new RoleHandler(Topic.SAGA_REPLIES, outbox, unfinished);
        }
    }

    /** Limits the number of unfinished orders; clients wait at the limit. */
    static final class UnfinishedOrders {

        private final Semaphore permits = new Semaphore(MAX_UNFINISHED);
        private final Set<OrderId> orders = ConcurrentHashMap.newKeySet();

        void add(OrderId order) throws InterruptedException {
            assertThat(permits.tryAcquire(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                    .as("orders finish")
                    .isTrue();
            orders.add(order);
        }

        /**
         * An order may finish twice: the retention of the inbox is short here, and Kafka may deliver a message again.
         */
        void remove(OrderId order) {
            if (orders.remove(order)) {
                permits.release();
            }
        }

        boolean isEmpty() {
            return orders.isEmpty();
        }
    }

    /** Sends the messages that follow a message, and registers finished orders. */
    record RoleHandler(Topic topic, Outbox outbox, UnfinishedOrders unfinished) implements MessageHandler {

        private static final CustomerId CUSTOMER = new CustomerId("customer-1");
        private static final Money TOTAL = Money.euros("59.98");
        private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
        private static final Address ADDRESS =
                new Address("Grace Hopper", "1 Harbour Street", "Rotterdam", "3011 AA", "NL");

        static List<Message> firstMessages(OrderId order) {
            return List.of(
                    new OrderPlaced(order, CUSTOMER, List.of(new OrderLine(new Sku("BOOK-1"), 2)), TOTAL),
                    new InventoryReserved(order),
                    new ChargePayment(order, CUSTOMER, TOTAL));
        }

        /** No messages follow those of other tests. */
        private static List<Message> followers(Message message) {
            return switch (message) {
                case ChargePayment it -> List.of(new ChargeCaptured(it.orderId(), "payment-1", TOTAL));
                case ChargeCaptured it ->
                    List.of(
                            new PaymentCharged(it.orderId(), "payment-1", TOTAL),
                            new ScheduleShipment(it.orderId(), ADDRESS));
                case ScheduleShipment it -> List.of(new ShipmentBooked(it.orderId(), "shipment-1", DAY));
                case ShipmentBooked it ->
                    List.of(new ShipmentScheduled(it.orderId(), "shipment-1", DAY), new OrderConfirmed(it.orderId()));
                default -> List.of();
            };
        }

        @Override
        public void handle(MessageBatch batch) {
            batch.forEach(message -> {
                followers(message.payload()).forEach(outbox::append);
                if (message.payload() instanceof ShipmentBooked booked) {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            unfinished.remove(booked.orderId());
                        }
                    });
                }
            });
        }
    }
}
