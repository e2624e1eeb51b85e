package io.orderly.inventory.stock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.orderly.contracts.Message;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.inventory.InventoryIntegrationTest;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.testing.KafkaTap;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ReservationIntegrationTest extends InventoryIntegrationTest {

    @Autowired
    StockItems stock;

    @Autowired
    ReservationHandler handler;

    @Autowired
    PlatformTransactionManager transactionManager;

    @Autowired
    EntityManagerFactory entities;

    @Test
    void reservesAndShips() {
        Sku sku = newProduct(10);
        OrderId order = newOrder();

        kafka.send(reserve(order, sku, 3));
        assertThat(awaitReplies(order, 1)).containsExactly(new StockReserved(order));
        assertThat(level(sku)).contains(new StockLevel(sku, 7, 3, 0));

        kafka.send(new CommitReservation(order));
        assertThat(awaitReplies(order, 2)).last().isEqualTo(new StockCommitted(order));
        assertThat(level(sku)).contains(new StockLevel(sku, 7, 0, 3));
    }

    @Test
    void reservesAndReleases() {
        Sku sku = newProduct(10);
        OrderId order = newOrder();

        kafka.send(reserve(order, sku, 3));
        kafka.send(new ReleaseInventory(order));

        assertThat(awaitReplies(order, 2)).containsExactly(new StockReserved(order), new StockReleased(order));
        assertThat(level(sku)).contains(new StockLevel(sku, 10, 0, 0));
    }

    @Test
    void reservesAllLinesOrNone() {
        Sku plenty = newProduct(10);
        Sku scarce = newProduct(1);
        OrderId order = newOrder();

        kafka.send(new ReserveInventory(order, List.of(new OrderLine(plenty, 2), new OrderLine(scarce, 2))));

        assertThat(awaitReplies(order, 1))
                .containsExactly(new StepDeclined(
                        order,
                        SagaStep.RESERVE_INVENTORY,
                        "OUT_OF_STOCK",
                        "2 of %s ordered, 1 on hand".formatted(scarce)));
        assertThat(level(plenty)).contains(new StockLevel(plenty, 10, 0, 0));
        assertThat(reservationsOf(order)).isEmpty();
    }

    @Test
    void declinesUnknownProducts() {
        OrderId order = newOrder();
        kafka.send(reserve(order, new Sku("NO-SUCH-THING"), 1));
        assertThat(awaitReplies(order, 1))
                .first()
                .asInstanceOf(type(StepDeclined.class))
                .extracting(StepDeclined::reason)
                .isEqualTo("UNKNOWN_SKU");
    }

    @Test
    void commitWithoutReservationIsRefused() {
        OrderId order = newOrder();
        kafka.send(new CommitReservation(order));
        assertThat(awaitReplies(order, 1))
                .first()
                .asInstanceOf(type(StepRefused.class))
                .extracting(StepRefused::reason)
                .isEqualTo("NO_RESERVATION");
    }

    @Test
    void aDuplicateMessageIsIgnoredAndARepeatedCommandGetsTheSameReply() {
        Sku sku = newProduct(10);
        OrderId order = newOrder();

        Map<String, String> headers = kafka.send(reserve(order, sku, 3));
        kafka.send(reserve(order, sku, 3), headers);
        kafka.send(reserve(order, sku, 3));
        kafka.send(new ReleaseInventory(order));

        assertThat(awaitReplies(order, 3))
                .containsExactly(new StockReserved(order), new StockReserved(order), new StockReleased(order));
        assertThat(level(sku)).contains(new StockLevel(sku, 10, 0, 0));
    }

    @Test
    void aReserveAfterItsReleaseIsRefused() {
        Sku sku = newProduct(10);
        OrderId order = newOrder();

        kafka.send(new ReleaseInventory(order));
        kafka.send(reserve(order, sku, 3));

        List<Message> replies = awaitReplies(order, 2);
        assertThat(replies).first().isEqualTo(new StockReleased(order));
        assertThat(replies)
                .last()
                .asInstanceOf(type(StepRefused.class))
                .extracting(StepRefused::reason)
                .isEqualTo("ALREADY_COMPENSATED");
        assertThat(level(sku)).contains(new StockLevel(sku, 10, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "{}",
                "{\"orderId\":\"%s\",\"lines\":[]}",
                "{\"orderId\":\"%s\",\"lines\":[{\"sku\":\"KIT-001\",\"quantity\":0}]}",
                "{\"orderId\":\"%s\",\"lines\":[{\"sku\":\"KIT-001\",\"quantity\":-1}]}",
                "{\"orderId\":\"%s\",\"lines\":[{\"sku\":\"KIT-001'; drop table stock; --\",\"quantity\":1}]}",
                "{\"orderId\":\"00000000-0000-7000-8000-000000000000\",\"lines\":[{\"sku\":\"KIT-001\",\"quantity\":1}]}"
            })
    void anUnreadableCommandIsDeadLetteredAndReportedToTheSaga(String body) {
        OrderId order = newOrder();
        Map<String, String> headers =
                KafkaTap.headers(new ReserveInventory(order, List.of(new OrderLine(new Sku("KIT-001"), 1))));

        kafka.send(
                Topic.INVENTORY_COMMANDS.topicName(),
                order.toString(),
                headers,
                body.replace("%s", order.toString()).getBytes(UTF_8));

        assertThat(awaitReplies(order, 1)).hasOnlyElementsOfType(CommandDeadLettered.class);
        assertThat(reservationsOf(order)).isEmpty();
    }

    @Test
    void twoHundredOrdersForTheLastTenUnitsSellExactlyTen() {
        Sku sku = newProduct(10);
        List<OrderId> orders =
                Stream.generate(InventoryIntegrationTest::newOrder).limit(200).toList();

        orders.parallelStream().forEach(order -> kafka.send(reserve(order, sku, 1)));

        await().until(() -> orders.stream().noneMatch(order -> replies(order).isEmpty()));
        List<OrderId> reserved = orders.stream()
                .filter(order -> replies(order).getFirst() instanceof StockReserved)
                .toList();
        assertThat(reserved).hasSize(10);
        assertThat(level(sku)).contains(new StockLevel(sku, 0, 10, 0));

        reserved.forEach(order -> kafka.send(new CommitReservation(order)));
        reserved.forEach(order -> awaitReplies(order, 2));
        assertThat(level(sku)).contains(new StockLevel(sku, 0, 0, 10));
    }

    /** Each order is reserved and then committed, released or neither, with repeated commands, in random order. */
    @Test
    void randomCommandsOverKafkaConserveUnits() {
        Random random = seeded("randomCommandsOverKafkaConserveUnits");
        long units = 40;
        List<Sku> products = Stream.generate(() -> newProduct(units)).limit(4).toList();
        List<OrderId> orders =
                Stream.generate(InventoryIntegrationTest::newOrder).limit(80).toList();
        List<InventoryCommand> commands = new ArrayList<>();
        for (OrderId order : orders) {
            ReserveInventory reserve = randomReserve(random, order, products);
            commands.add(reserve);
            if (random.nextInt(4) == 0) {
                commands.add(reserve);
            }
            switch (random.nextInt(3)) {
                case 0 -> commands.add(new CommitReservation(order));
                case 1 -> commands.add(new ReleaseInventory(order));
                default -> {
                    // stays reserved
                }
            }
        }
        Collections.shuffle(commands, random);

        commands.forEach(kafka::send);

        Map<OrderId, Long> expected =
                commands.stream().collect(Collectors.groupingBy(InventoryCommand::orderId, Collectors.counting()));
        await().until(() -> expected.entrySet().stream()
                .allMatch(entry -> replies(entry.getKey()).size() >= entry.getValue()));
        products.forEach(sku -> assertConserved(sku, units));
    }

    /** Concurrent batches, as from several instances, that lock the same products in different orders. */
    @Test
    void concurrentBatchesForTheSameProductsNeitherDeadlockNorOversell() throws Exception {
        Random random = seeded("concurrentBatchesForTheSameProductsNeitherDeadlockNorOversell");
        long units = 200;
        int threads = 6;
        List<Sku> products = Stream.generate(() -> newProduct(units)).limit(5).toList();
        List<List<List<InventoryCommand>>> scripts = IntStream.range(0, threads)
                .mapToObj(_ -> randomBatches(random, products))
                .toList();

        TransactionTemplate transactions = new TransactionTemplate(transactionManager);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> done = new ArrayList<>();
            for (List<List<InventoryCommand>> script : scripts) {
                done.add(pool.submit(() -> script.forEach(batch ->
                        transactions.executeWithoutResult(_ -> handler.handle(CommandBatch.of(batch, null))))));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }

        products.forEach(sku -> assertConserved(sku, units));
        assertThat(products)
                .anySatisfy(sku -> assertThat(level(sku).orElseThrow().onHand()).isLessThan(5));
    }

    @Test
    void theNumberOfStatementsDoesNotDependOnTheNumberOfCommands() {
        Sku hot = newProduct(1_000);
        Sku other = newProduct(1_000);
        List<OrderId> orders =
                Stream.generate(InventoryIntegrationTest::newOrder).limit(100).toList();

        // lock stock, insert reservations, update stock
        assertThat(statementsOf(orders.stream()
                        .map(order ->
                                new ReserveInventory(order, List.of(new OrderLine(hot, 1), new OrderLine(other, 2))))
                        .toList()))
                .isEqualTo(3);
        // lock reservations, lock stock, update reservations, update stock
        assertThat(statementsOf(orders.stream().map(CommitReservation::new).toList()))
                .isEqualTo(4);
        assertThat(level(hot)).contains(new StockLevel(hot, 900, 0, 100));
        assertThat(level(other)).contains(new StockLevel(other, 800, 0, 200));
    }

    private long statementsOf(List<? extends InventoryCommand> batch) {
        Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        try {
            long before = statistics.getPrepareStatementCount();
            new TransactionTemplate(transactionManager)
                    .executeWithoutResult(_ -> handler.handle(CommandBatch.of(List.copyOf(batch), null)));
            return statistics.getPrepareStatementCount() - before;
        } finally {
            statistics.setStatisticsEnabled(false);
        }
    }

    private Optional<StockLevel> level(Sku sku) {
        return stock.findById(sku.value()).map(StockItem::level);
    }

    private void assertConserved(Sku sku, long units) {
        StockLevel level = level(sku).orElseThrow();
        assertThat(level.onHand() + level.reserved() + level.shipped()).isEqualTo(units);
        assertThat(unitsIn(sku, "RESERVED")).isEqualTo(level.reserved());
        assertThat(unitsIn(sku, "SHIPPED")).isEqualTo(level.shipped());
    }

    private long unitsIn(Sku sku, String state) {
        return jdbc.sql("select coalesce(sum(quantity), 0) from reservations where sku = ? and state = ?")
                .param(sku.value())
                .param(state)
                .query(Long.class)
                .single();
    }

    private List<String> reservationsOf(OrderId order) {
        return jdbc.sql("select sku from reservations where order_id = ?")
                .param(order.value())
                .query(String.class)
                .list();
    }

    /** The batches of one consumer: reserve commands, and in later batches their commits and releases. */
    private static List<List<InventoryCommand>> randomBatches(Random random, List<Sku> products) {
        List<List<InventoryCommand>> batches = new ArrayList<>();
        Set<OrderId> open = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            List<InventoryCommand> batch = new ArrayList<>();
            for (OrderId order : List.copyOf(open)) {
                if (random.nextBoolean()) {
                    open.remove(order);
                    batch.add(random.nextBoolean() ? new CommitReservation(order) : new ReleaseInventory(order));
                }
            }
            for (int j = 0; j < 8; j++) {
                OrderId order = newOrder();
                open.add(order);
                batch.add(randomReserve(random, order, products));
            }
            batches.add(batch);
        }
        return batches;
    }

    private static ReserveInventory randomReserve(Random random, OrderId order, List<Sku> products) {
        List<Sku> shuffled = new ArrayList<>(products);
        Collections.shuffle(shuffled, random);
        return new ReserveInventory(
                order,
                shuffled.subList(0, 1 + random.nextInt(3)).stream()
                        .map(sku -> new OrderLine(sku, 1 + random.nextInt(3)))
                        .toList());
    }

    private static Random seeded(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + ": rerun with -Dseed=" + seed);
        return new Random(seed);
    }

    private static ReserveInventory reserve(OrderId order, Sku sku, int quantity) {
        return new ReserveInventory(order, List.of(new OrderLine(sku, quantity)));
    }
}
