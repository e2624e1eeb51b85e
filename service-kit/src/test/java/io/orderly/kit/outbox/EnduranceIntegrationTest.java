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
import io.orderly.kit.idempotency.Fingerprint;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentRequest;
import io.orderly.kit.idempotency.IdempotentResponse;
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
 * After any number of orders the tables hold what their retention says, and publishing costs what it cost at the start. A
 * service that plays all parts sends the nine messages of each order through its outbox, Kafka and its inbox.
 *
 * <p>What is compared is pages, rows and buffers, not time. {@code -Dorders=100000} makes it a long run, which prints what
 * it saw in each tenth.
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

    /** Orders that are not finished yet; as few as that, so that the outbox never holds more than a few messages of each. */
    private static final int MOST_UNDER_WAY = 200;

    private static final List<String> TABLES = List.of("outbox", "inbox", "idempotency_keys");

    /** Only whoever hangs gets to its end. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Autowired
    Outbox outbox;

    @Autowired
    IdempotencyKeys idempotencyKeys;

    @Autowired
    OrdersUnderWay underWay;

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
    void leaveTheOutboxToTheRelay() {
        jdbc.sql("alter table outbox set (autovacuum_enabled = false)").update();
    }

    @Test
    void theTablesStaySmallAndPublishingStaysCheap() throws Exception {
        List<Tenth> tenths = new ArrayList<>();
        for (int i = 0; i < TENTHS; i++) {
            tenths.add(takeOrders(ORDERS / TENTHS));
            if (ORDERS > BOUNDED_ORDERS) {
                print(tenths.size(), tenths.getLast());
            }
            publishingIsCheap();
            whatIsPastItsRetentionGoes();
        }

        assertThat(tenths).allSatisfy(tenth -> assertThat(tenth.pages("outbox")).isLessThanOrEqualTo(mostPages()));
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

    /** As a session leaves it that somebody forgot: no row that died after it began can go before it ends. */
    @Test
    void aLongTransactionHoldsBackVacuumAndNothingElse() throws Exception {
        int ordersForTwoVacuums = 2 * properties.rowsPerVacuum() / MESSAGES_PER_ORDER + 1;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");

            takeOrders(ordersForTwoVacuums);

            assertThat(buffersOfOneLook()).isGreaterThan(mostBuffers());
            connection.rollback();
        }
        takeOrders(ordersForTwoVacuums);

        publishingIsCheap();
        whatIsPastItsRetentionGoes();
    }

    /** Places so many orders and returns when each has come to its end, and nothing waits to be published. */
    private Tenth takeOrders(int orders) throws Exception {
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
        await().until(() -> underWay.isEmpty() && rows("outbox") == 0);
        double seconds = (System.nanoTime() - start) / 1e9;
        measure(peaks);
        return new Tenth(orders * MESSAGES_PER_ORDER / seconds, peaks, buffersOfOneLook());
    }

    private void publishingIsCheap() {
        // rows that died a moment ago may still be seen by another transaction, and are passed by until it ends
        await().untilAsserted(() -> assertThat(buffersOfOneLook()).isLessThanOrEqualTo(mostBuffers()));
    }

    private void whatIsPastItsRetentionGoes() {
        await().untilAsserted(() ->
                assertThat(rows("inbox") + rows("idempotency_keys")).isZero());
        // as PostgreSQL does by itself, but once a minute: often enough for a retention of a day, not for one of a
        // second
        jdbc.sql("vacuum inbox").update();
        jdbc.sql("vacuum idempotency_keys").update();
    }

    /** Rows that wait and rows that are dead, twice as many if a vacuum came to nothing because somebody saw them still. */
    private long mostOutboxRows() {
        return 2L * (MESSAGES_PER_ORDER * MOST_UNDER_WAY + properties.batchSize() + properties.rowsPerVacuum());
    }

    /** A row takes less than 1 KiB here. */
    private long mostPages() {
        return mostOutboxRows() * 1_024 / 8_192;
    }

    /** A leaf of the index has room for more than 300 positions; some pages are for the way to it. */
    private long mostBuffers() {
        return mostOutboxRows() / 300 + 10;
    }

    private static void print(int number, Tenth tenth) {
        if (number == 1) {
            System.out.printf("%d orders, %d messages each; most rows and pages seen%n", ORDERS, MESSAGES_PER_ORDER);
            System.out.println(
                    "tenth  published/s   outbox rows pages   inbox rows pages    keys rows pages   buffers/look");
        }
        System.out.printf("%5d  %11.0f", number, tenth.publishedPerSecond());
        for (String table : TABLES) {
            Size peak = tenth.peaks().get(table);
            System.out.printf("  %11d %5d", peak.rows(), peak.pages());
        }
        System.out.printf("  %13d%n", tenth.buffersOfOneLook());
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
            underWay.add(order);
            place(order);
        }
        return null;
    }

    private void place(OrderId order) {
        Fingerprint fingerprint =
                Fingerprint.of("POST", "/orders", order.toString().getBytes(UTF_8));
        var request = new IdempotentRequest("POST /orders", UUID.randomUUID().toString(), fingerprint, fingerprint);
        idempotencyKeys.once(request, () -> {
            Hop.opening(order).forEach(outbox::append);
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

    /** What the relay passes by each time it looks for messages, in pages; there are none. */
    private long buffersOfOneLook() {
        String explained = jdbc.sql("explain (analyze, buffers, format json) " + OutboxTable.OLDEST)
                .param(properties.batchSize())
                .param(properties.maxBatchBytes())
                .query(String.class)
                .single();
        JsonNode plan = json.readTree(explained).get(0).get("Plan");
        return plan.get("Shared Hit Blocks").asLong()
                + plan.get("Shared Read Blocks").asLong();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
    }

    /** @param pages of the table with its indexes, 8 KiB each */
    record Size(long rows, long pages) {

        Size max(Size other) {
            return new Size(Math.max(rows, other.rows), Math.max(pages, other.pages));
        }
    }

    /** @param peaks the most that was seen, by table */
    record Tenth(double publishedPerSecond, Map<String, Size> peaks, long buffersOfOneLook) {

        long pages(String table) {
            return peaks.get(table).pages();
        }
    }

    /** A service that plays all parts. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        @Bean
        OrdersUnderWay underWay() {
            return new OrdersUnderWay();
        }

        @Bean
        MessageHandler payments(Outbox outbox, OrdersUnderWay underWay) {
            return new Hop(Topic.PAYMENT_COMMANDS, outbox, underWay);
        }

        @Bean
        MessageHandler shipments(Outbox outbox, OrdersUnderWay underWay) {
            return new Hop(Topic.SHIPPING_COMMANDS, outbox, underWay);
        }

        @Bean
        MessageHandler replies(Outbox outbox, OrdersUnderWay underWay) {
            return new Hop(Topic.SAGA_REPLIES, outbox, underWay);
        }
    }

    /** Lets clients wait while there are too many. */
    static final class OrdersUnderWay {

        private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
        private final Set<OrderId> orders = ConcurrentHashMap.newKeySet();

        void add(OrderId order) throws InterruptedException {
            assertThat(room.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("orders come to their end")
                    .isTrue();
            orders.add(order);
        }

        /** An order may end twice: the inbox does not remember for long here, and Kafka may bring a message late again. */
        void remove(OrderId order) {
            if (orders.remove(order)) {
                room.release();
            }
        }

        boolean isEmpty() {
            return orders.isEmpty();
        }
    }

    /** Answers each message with those that follow it, and counts the orders that come to their end. */
    record Hop(Topic topic, Outbox outbox, OrdersUnderWay underWay) implements MessageHandler {

        private static final CustomerId CUSTOMER = new CustomerId("customer-1");
        private static final Money TOTAL = Money.euros("59.98");
        private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
        private static final Address ADDRESS =
                new Address("Grace Hopper", "1 Harbour Street", "Rotterdam", "3011 AA", "NL");

        static List<Message> opening(OrderId order) {
            return List.of(
                    new OrderPlaced(order, CUSTOMER, List.of(new OrderLine(new Sku("BOOK-1"), 2)), TOTAL),
                    new InventoryReserved(order),
                    new ChargePayment(order, CUSTOMER, TOTAL));
        }

        /** Nothing follows what other tests have sent. */
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
                            underWay.remove(booked.orderId());
                        }
                    });
                }
            });
        }
    }
}
