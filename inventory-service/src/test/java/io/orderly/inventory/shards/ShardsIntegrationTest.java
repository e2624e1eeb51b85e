package io.orderly.inventory.shards;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.inventory.InventoryIntegrationTest;
import io.orderly.inventory.InventoryServiceApplication;
import io.orderly.inventory.catalogue.Product;
import io.orderly.inventory.catalogue.Products;
import io.orderly.inventory.stock.ReservationHandler;
import io.orderly.inventory.stock.Restocking;
import io.orderly.kit.members.EmergentLeader;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.RangeMapText;
import io.orderly.partitions.range.ShardId;
import io.orderly.partitions.range.ShardRange;
import io.orderly.partitions.range.SizeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Splits and merges under load, aborted moves, outdated maps and a coordinator that is away; afterwards each row has to be where the map says. */
class ShardsIntegrationTest extends InventoryIntegrationTest {

    @Autowired
    ApplicationContext service;

    @Autowired
    Shards shards;

    @Autowired
    ShardTables tables;

    @Autowired
    PlatformTransactionManager transactionManager;

    private ShardAudit audit;

    @BeforeEach
    void prepare() {
        audit = new ShardAudit(jdbc);
    }

    /** Other tests begin with one shard. */
    @AfterEach
    void mergeAll() {
        audit.assertConsistent(shards.map());
        while (shards.map().ranges().size() > 1) {
            RangeMap map = shards.map();
            assertThat(shards.merge(
                            map.ranges().get(0).shard(), map.ranges().get(1).shard()))
                    .isInstanceOf(Resharding.Done.class);
        }
        audit.assertConsistent(shards.map());
    }

    @Test
    void twoInstancesReserveAndReleaseWhileBothSplitAndMerge() throws Exception {
        Random random = seeded();
        List<Sku> products = Stream.generate(() -> newProduct(1_000)).limit(12).toList();
        List<String> allSkus =
                jdbc.sql("select sku from products").query(String.class).list();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger batches = new AtomicInteger();
        int moves = 0;
        try (ConfigurableApplicationContext second = secondInstance("--orderly.shards.check-interval=300ms");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            List<ApplicationContext> instances = List.of(service, second);
            for (ApplicationContext instance : instances) {
                for (int i = 0; i < 2; i++) {
                    Random own = new Random(random.nextLong());
                    work.add(threads.submit(() -> reserveAndSettle(instance, own, products, over, batches)));
                }
                Random own = new Random(random.nextLong());
                work.add(threads.submit(() -> restockAndRead(instance, own, products, over)));
            }
            try {
                for (int i = 0; i < 60; i++) {
                    int seen = batches.get();
                    Shards chosen = instances.get(random.nextInt(2)).getBean(Shards.class);
                    if (splitOrMerge(chosen, random, allSkus) instanceof Resharding.Done) {
                        moves++;
                    }
                    await().until(() -> batches.get() > seen || work.stream().anyMatch(Future::isDone));
                }
            } finally {
                over.set(true);
            }
            for (Future<?> each : work) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        System.out.printf("%d moves by the test beside %d batches%n", moves, batches.get());
        assertThat(moves).isGreaterThan(5);
        audit.assertConsistent(shards.map());
    }

    @Test
    void aMoveWhoseProcessIsKilledChangesNothing() throws Exception {
        Sku sku = newProduct(10);
        RangeMap before = shards.map();
        List<Long> rows = audit.rows();
        ShardTables patient = new ShardTables(
                jdbc,
                new TransactionTemplate(transactionManager),
                new ShardsProperties(0, 0, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(2)));
        CompletableFuture<Object> move;
        CompletableFuture<Object> reservation;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> release = new CompletableFuture<>();
            CompletableFuture<Void> locked = new CompletableFuture<>();
            // the move has to wait for this lock at its last statement, when all rows have been moved
            threads.submit(() -> new TransactionTemplate(transactionManager).executeWithoutResult(_ -> {
                jdbc.sql("lock table shard_map in share mode").update();
                locked.complete(null);
                release.orTimeout(60, TimeUnit.SECONDS).join();
            }));
            try {
                locked.orTimeout(60, TimeUnit.SECONDS).join();
                move = CompletableFuture.supplyAsync(
                        () -> patient.commit(before.split("LIG", new ShardId(5))), threads);
                await().until(() -> blocked("update shard_map%").size() == 1);
                reservation = CompletableFuture.supplyAsync(() -> reserve(service, newOrder(), sku), threads);
                await().until(() -> !blocked("%from stock%").isEmpty());

                // the same for PostgreSQL as kill -9 of the process: the connection ends
                jdbc.sql("select pg_terminate_backend(?)")
                        .param(blocked("update shard_map%").getFirst())
                        .query(Boolean.class)
                        .single();

                assertThat(move.handle((_, failure) -> failure).get(60, TimeUnit.SECONDS))
                        .isNotNull();
                assertThat(reservation.get(60, TimeUnit.SECONDS)).isNotNull();
            } finally {
                release.complete(null);
            }
        }
        assertThat(shards.map()).isEqualTo(before);
        assertThat(audit.rows()).isEqualTo(rows);
        audit.assertConsistent(before);
        assertThat(tables.commit(before.split("LIG", new ShardId(5)))).isInstanceOf(ShardTables.Commit.Done.class);
        assertThat(audit.rows()).isEqualTo(rows);
    }

    @Test
    void aMoveDoesNotWaitForLongTransactions() {
        RangeMap before = shards.map();
        Resharding result = new TransactionTemplate(transactionManager).execute(_ -> {
            jdbc.sql("select count(*) from stock").query(Long.class).single();
            return CompletableFuture.supplyAsync(() -> shards.split(new Sku("KIT")))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        });
        assertThat(result).isInstanceOf(Resharding.Unavailable.class);
        assertThat(shards.map()).isEqualTo(before);
    }

    @Test
    void anInstanceWithAnOldMapIsRefusedByTheDatabaseAndReservesAllTheSame() {
        Sku sku = newProduct(10);
        RangeMap old = shards.map();
        RangeMap current = done(shards.split(new Sku("KIT")));

        assertThat(tables.commit(old.split("GAR", new ShardId(7))))
                .isEqualTo(new ShardTables.Commit.Superseded(current));
        assertThat(tables.commit(current)).isEqualTo(new ShardTables.Commit.Done(0));

        assertThat(shards.map()).isEqualTo(current);
        reserve(service, newOrder(), sku);
    }

    @Test
    void anInstanceThatMissedMapsFollowsTheLastOne() {
        RangeMap map = shards.map();
        RangeMap later = map.split("KIT", new ShardId(4))
                .split("GAR", new ShardId(6))
                .split("TOO", new ShardId(2))
                .merge(new ShardId(6), new ShardId(4));
        List<Long> rows = audit.rows();
        assertThat(tables.commit(later)).isInstanceOf(ShardTables.Commit.Done.class);
        assertThat(audit.rows()).isEqualTo(rows);
        audit.assertConsistent(later);
    }

    @Test
    void splitsAndMergesBySize() {
        SizeLimits limits = new SizeLimits(400, 150);
        for (int i = 0; i < 8; i++) {
            shards.balance(limits, shards.map(), shards.sizes(shards.map()));
        }
        assertThat(shards.sizes(shards.map()))
                .hasSizeBetween(4, 5)
                .allSatisfy(size -> assertThat(size.products()).isBetween(150L, 400L));

        SizeLimits larger = new SizeLimits(100_000, 50_000);
        for (int i = 0; i < 8; i++) {
            shards.balance(larger, shards.map(), shards.sizes(shards.map()));
        }
        assertThat(shards.map().ranges()).hasSize(1);
    }

    @Test
    void onlyTheEmergentLeaderCounts() {
        AtomicBoolean leads = new AtomicBoolean();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ShardUpkeep upkeep = upkeep(new SharedMapInMemory(), meters, leads::get);

        upkeep.check();
        assertThat(meters.find("orderly.shards.products").gauges()).isEmpty();
        assertThat(meters.get("orderly.shards.generation").gauge().value())
                .isEqualTo(shards.map().generation());

        leads.set(true);
        upkeep.check();
        assertThat(meters.get("orderly.shards.products").gauge().value())
                .isEqualTo(jdbc.sql("select count(*) from products")
                        .query(Double.class)
                        .single());

        leads.set(false);
        upkeep.check();
        assertThat(meters.find("orderly.shards.products").gauges()).isEmpty();
    }

    @Test
    void twoEmergentLeadersAtOnceSplitBySizeAsOneDoes() throws Exception {
        SharedMapInMemory coordinator = new SharedMapInMemory();
        List<ShardUpkeep> leaders = Stream.generate(
                        () -> upkeep(coordinator, new SimpleMeterRegistry(), EmergentLeader.EVERY_INSTANCE))
                .limit(2)
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                for (Future<?> check : leaders.stream()
                        .map(leader -> threads.submit(leader::check))
                        .toList()) {
                    check.get(60, TimeUnit.SECONDS);
                }
                audit.assertConsistent(shards.map());
            }
        }
        assertThat(shards.sizes(shards.map()))
                .hasSizeBetween(4, 5)
                .allSatisfy(size -> assertThat(size.products()).isLessThanOrEqualTo(400));
        assertThat(coordinator.text()).isEqualTo(RangeMapText.write(shards.map()));
    }

    @Test
    void publishesItsMapAndFollowsWhatAnotherInstancePublished() {
        SharedMapInMemory coordinator = new SharedMapInMemory();
        Shards one = instance(coordinator, new SimpleMeterRegistry());
        Shards two = instance(coordinator, new SimpleMeterRegistry());
        assertThat(one.follow()).isFalse();
        assertThat(one.follow()).isTrue();
        assertThat(coordinator.text()).isEqualTo(RangeMapText.write(shards.map()));

        RangeMap split = done(one.split(new Sku("KIT")));
        assertThat(coordinator.text()).isEqualTo(RangeMapText.write(split));
        assertThat(two.follow()).isTrue();

        // the first instance is killed between the publication and its move
        RangeMap next = split.split("TOO", new ShardId(8));
        coordinator.put(RangeMapText.write(next));
        assertThat(shards.map()).isEqualTo(split);
        assertThat(two.follow()).isTrue();
        assertThat(shards.map()).isEqualTo(next);

        // another change waits for what is published
        RangeMap last = next.merge(next.ranges().get(1).shard(), new ShardId(8));
        coordinator.put(RangeMapText.write(last));
        assertThat(two.split(new Sku("AUD-050"))).isEqualTo(new Resharding.Conflict());
        assertThat(shards.map()).isEqualTo(last);
    }

    @Test
    void aChangeDoesNotWaitForTheWatchOfTheOneBefore() {
        SharedMapInMemory coordinator = new SharedMapInMemory();
        Shards one = instance(coordinator, new SimpleMeterRegistry());
        one.follow();
        coordinator.setSilent(true);

        done(one.split(new Sku("KIT")));
        RangeMap last = done(one.split(new Sku("TOO")));

        assertThat(coordinator.text()).isEqualTo(RangeMapText.write(last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generation 900\nshard 1 from - to B\nshard 2 from C to -\n",
                "generation 900\nshard 1 from - to C\nshard 2 from B to -\n",
                "generation 900\nshard 1 from - to C\nshard 77 from C to -\n",
                "generation 1\nshard 2 from - to -\n",
                "much"
            })
    void refusesABadMapWithAnAlarmAndTheNextChangeReplacesIt(String bad) {
        SharedMapInMemory coordinator = new SharedMapInMemory();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Shards one = instance(coordinator, meters);
        done(shards.split(new Sku("KIT")));
        RangeMap before = shards.map();
        coordinator.put("orderly-ranges 1\n" + bad);

        assertThat(one.follow()).isFalse();
        assertThat(one.follow()).isFalse();

        assertThat(meters.get("orderly.shards.alarms").counter().count()).isEqualTo(1);
        assertThat(shards.map()).isEqualTo(before);
        RangeMap repaired = done(one.split(new Sku("TOO")));
        assertThat(coordinator.text()).isEqualTo(RangeMapText.write(repaired));
        assertThat(one.follow()).isTrue();
    }

    @Test
    void withoutTheCoordinatorTheLastMapStaysAndReservationsGoOn() {
        Sku sku = newProduct(10);
        SharedMapInMemory coordinator = new SharedMapInMemory();
        Shards one = instance(coordinator, new SimpleMeterRegistry());
        one.follow();
        RangeMap before = shards.map();
        coordinator.setAway(true);

        assertThat(one.split(new Sku("KIT"))).isInstanceOf(Resharding.Unavailable.class);
        assertThat(one.follow()).isTrue();
        assertThat(shards.map()).isEqualTo(before);
        reserve(service, newOrder(), sku);

        coordinator.setAway(false);
        done(one.split(new Sku("KIT")));
    }

    private Shards instance(SharedMapInMemory coordinator, SimpleMeterRegistry meters) {
        Shards instance = new Shards(tables, coordinator, new ShardMetrics(meters));
        instance.watch(() -> {});
        return instance;
    }

    private ShardUpkeep upkeep(SharedMapInMemory coordinator, SimpleMeterRegistry meters, EmergentLeader leader) {
        ShardMetrics metrics = new ShardMetrics(meters);
        Shards instance = new Shards(tables, coordinator, metrics);
        instance.watch(() -> {});
        return new ShardUpkeep(
                instance,
                metrics,
                new ShardsProperties(400, 150, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(2)),
                leader);
    }

    private ConfigurableApplicationContext secondInstance(String... settings) {
        String[] all = Stream.of(
                        BACKENDS.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()),
                        Stream.of("--server.port=0", "--logging.level.root=error"),
                        Stream.of(settings))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return SpringApplication.run(InventoryServiceApplication.class, all);
    }

    private static Resharding splitOrMerge(Shards instance, Random random, List<String> allSkus) {
        RangeMap map = instance.map();
        int index = random.nextInt(map.ranges().size());
        ShardRange range = map.ranges().get(index);
        return switch (random.nextInt(4)) {
            case 0 -> instance.split(range.shard());
            case 1 -> instance.split(new Sku(allSkus.get(random.nextInt(allSkus.size()))));
            case 2 -> instance.split(new Sku("TEST-" + random.nextInt(30)));
            default ->
                index == 0
                        ? new Resharding.Refused("the first")
                        : instance.merge(map.ranges().get(index - 1).shard(), range.shard());
        };
    }

    /** Batches that reserve products of several shards, and settle what earlier ones have reserved. */
    private static void reserveAndSettle(
            ApplicationContext instance, Random random, List<Sku> products, AtomicBoolean over, AtomicInteger batches) {
        Set<OrderId> open = new HashSet<>();
        List<Sku> all = new ArrayList<>(products);
        all.addAll(List.of(new Sku("AUD-001"), new Sku("KIT-050"), new Sku("OPT-010"), new Sku("TOY-100")));
        while (!over.get()) {
            List<InventoryCommand> batch = new ArrayList<>();
            for (OrderId order : List.copyOf(open)) {
                if (random.nextBoolean()) {
                    open.remove(order);
                    batch.add(random.nextInt(10) == 0 ? new CommitReservation(order) : new ReleaseInventory(order));
                }
            }
            for (int i = 0; i < 3; i++) {
                OrderId order = newOrder();
                open.add(order);
                Collections.shuffle(all, random);
                batch.add(new ReserveInventory(
                        order,
                        all.subList(0, 1 + random.nextInt(4)).stream()
                                .map(sku -> new OrderLine(sku, 1 + random.nextInt(3)))
                                .toList()));
            }
            handle(instance, batch);
            batches.incrementAndGet();
        }
    }

    private static void restockAndRead(
            ApplicationContext instance, Random random, List<Sku> products, AtomicBoolean over) {
        while (!over.get()) {
            Sku sku = products.get(random.nextInt(products.size()));
            assertThat(instance.getBean(Restocking.class).restock(sku, 1)).isPresent();
            assertThat(instance.getBean(Products.class).list(null, new Sku("KIT-001"), new Sku("KIT-100"), null, 200))
                    .extracting(Product::sku)
                    .hasSize(99)
                    .isSorted();
        }
    }

    private static Object reserve(ApplicationContext instance, OrderId order, Sku sku) {
        return handle(instance, List.of(new ReserveInventory(order, List.of(new OrderLine(sku, 1)))));
    }

    private static Object handle(ApplicationContext instance, List<InventoryCommand> batch) {
        return new TransactionTemplate(instance.getBean(PlatformTransactionManager.class))
                .execute(_ -> instance.getBean(ReservationHandler.class).handle(CommandBatch.of(batch, null)));
    }

    private List<Integer> blocked(String query) {
        return jdbc.sql("""
                        select pid from pg_stat_activity
                         where wait_event_type = 'Lock' and query like ? and pid <> pg_backend_pid()""").param(query).query(Integer.class).list();
    }

    private static RangeMap done(Resharding result) {
        assertThat(result).isInstanceOf(Resharding.Done.class);
        return ((Resharding.Done) result).map();
    }

    private static Random seeded() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ShardsIntegrationTest: rerun with -Dseed=" + seed);
        return new Random(seed);
    }
}
