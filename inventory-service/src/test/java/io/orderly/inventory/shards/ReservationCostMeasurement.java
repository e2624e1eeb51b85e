package io.orderly.inventory.shards;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.inventory.InventoryIntegrationTest;
import io.orderly.inventory.stock.ReservationHandler;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.ShardId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares the time of reserving and committing with undivided tables, one shard and eight shards, in turns on one database. It checks nothing and
 * is no part of the build: {@code -Dit.test=ReservationCostMeasurement}.
 */
class ReservationCostMeasurement extends InventoryIntegrationTest {

    private static final int ROUNDS = 15;
    private static final int BATCHES = 150;
    private static final List<String> CUTS = List.of("BOK", "GAR", "KIT", "OFF", "OUT", "SPO", "TOO");

    @Autowired
    ReservationHandler handler;

    @Autowired
    Shards shards;

    @Autowired
    PlatformTransactionManager transactionManager;

    private final Random random = new Random(1);

    @Test
    void measure() {
        createUndividedTables();
        for (int orders : new int[] {1, 13}) {
            Map<String, List<Double>> times = new TreeMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                useUndivided(true);
                run(times, "undivided", orders);
                useUndivided(false);
                run(times, "one shard", orders);
                CUTS.forEach(cut -> shards.split(new Sku(cut)));
                run(times, "eight shards", orders);
                mergeAll();
            }
            times.forEach((layout, each) -> System.out.printf(
                    "%2d orders, %-22s median %.3f ms of %d rounds%n", orders, layout, median(each), ROUNDS));
            for (String layout : List.of("one shard", "eight shards")) {
                for (String part : List.of(" reserve", " commit")) {
                    List<Double> ratios = IntStream.range(0, ROUNDS)
                            .mapToObj(i -> times.get(layout + part).get(i)
                                    / times.get("undivided" + part).get(i))
                            .toList();
                    System.out.printf(
                            "%2d orders, %s%s: median of the ratios to undivided %.2f%n",
                            orders, layout, part, median(ratios));
                }
            }
        }
        measureMoves();
    }

    private void run(Map<String, List<Double>> times, String layout, int orders) {
        List<List<OrderId>> placed = new ArrayList<>();
        batches(20, orders, new ArrayList<>());
        long began = System.nanoTime();
        batches(BATCHES, orders, placed);
        long reserved = System.nanoTime();
        for (List<OrderId> batch : placed) {
            handle(batch.stream()
                    .map(order -> (InventoryCommand) new CommitReservation(order))
                    .toList());
        }
        long committed = System.nanoTime();
        times.computeIfAbsent(layout + " reserve", _ -> new ArrayList<>()).add((reserved - began) / 1e6 / BATCHES);
        times.computeIfAbsent(layout + " commit", _ -> new ArrayList<>()).add((committed - reserved) / 1e6 / BATCHES);
    }

    private void batches(int count, int orders, List<List<OrderId>> placed) {
        for (int i = 0; i < count; i++) {
            List<OrderId> ids = new ArrayList<>();
            List<InventoryCommand> commands = new ArrayList<>();
            for (int j = 0; j < orders; j++) {
                OrderId order = newOrder();
                ids.add(order);
                commands.add(new ReserveInventory(order, List.of(line(), line())));
            }
            placed.add(ids);
            handle(commands);
        }
    }

    private OrderLine line() {
        List<String> prefixes =
                List.of("AUD", "BOK", "GAR", "KIT", "LIG", "OFF", "OPT", "OUT", "SPO", "TEX", "TOO", "TOY");
        return new OrderLine(
                new Sku("%s-%03d".formatted(prefixes.get(random.nextInt(12)), 1 + random.nextInt(100))), 1);
    }

    private void handle(List<InventoryCommand> commands) {
        new TransactionTemplate(transactionManager)
                .executeWithoutResult(_ -> handler.handle(CommandBatch.of(commands, null)));
    }

    private void createUndividedTables() {
        for (String statement : List.of(
                "create schema undivided",
                "create schema divided",
                "create table undivided.stock (like stock including all) with (fillfactor = 50)",
                "insert into undivided.stock select * from stock",
                "create table undivided.reservations (like reservations including all) with (fillfactor = 70)",
                "alter table undivided.reservations add foreign key (sku) references undivided.stock")) {
            jdbc.sql(statement).update();
        }
    }

    private void useUndivided(boolean use) {
        for (String table : List.of("stock", "reservations")) {
            jdbc.sql("alter table %s set schema %s".formatted(table, use ? "divided" : "undivided"))
                    .update();
            jdbc.sql("alter table %s.%s set schema public".formatted(use ? "undivided" : "divided", table))
                    .update();
        }
    }

    /** How long the catalogue's upper half takes to another shard and back. */
    private void measureMoves() {
        for (int products : new int[] {0, 10_000, 100_000}) {
            if (products > 0) {
                jdbc.sql("""
                                insert into products (sku, name, description, category, price, currency)
                                select 'ZZ-' || i, 'A test', 'For tests only', 'TOYS', 10.00, 'EUR' from generate_series(1, ?) i
                                on conflict do nothing""").param(products).update();
                jdbc.sql(
                                "insert into stock (sku, seeded, on_hand) select sku, 10, 10 from products on conflict do nothing")
                        .update();
            }
            for (int i = 0; i < 3; i++) {
                long began = System.nanoTime();
                RangeMap map = ((Resharding.Done) shards.split(new ShardId(1))).map();
                long split = System.nanoTime();
                mergeAll();
                System.out.printf(
                        "%d more products: split at the median %.1f ms, merge %.1f ms, at %s%n",
                        products,
                        (split - began) / 1e6,
                        (System.nanoTime() - split) / 1e6,
                        map.ranges().getLast().from());
            }
        }
    }

    private void mergeAll() {
        while (shards.map().ranges().size() > 1) {
            RangeMap map = shards.map();
            shards.merge(map.ranges().get(0).shard(), map.ranges().get(1).shard());
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
