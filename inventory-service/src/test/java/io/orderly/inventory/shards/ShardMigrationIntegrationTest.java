package io.orderly.inventory.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.inventory.catalogue.Category;
import io.orderly.inventory.catalogue.Product;
import io.orderly.inventory.catalogue.Products;
import io.orderly.inventory.catalogue.Review;
import io.orderly.inventory.catalogue.Reviews;
import io.orderly.inventory.stock.Reservation;
import io.orderly.inventory.stock.ReservationHandler;
import io.orderly.inventory.stock.ReservationLists;
import io.orderly.inventory.stock.Reservations;
import io.orderly.inventory.stock.StockItems;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.testing.RepositorySlice;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.ShardId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database of a service in operation, as it was before its catalogue and stock were divided, is migrated by the service. The schema {@code
 * before} has copies of all tables as they were.
 */
class ShardMigrationIntegrationTest extends RepositorySlice {

    /** The last version without shards, and without the changes that led to them. */
    private static final String UNDIVIDED = "2";

    private static final int ALL = 1_000;

    @Autowired
    Products products;

    @Autowired
    Reviews reviews;

    @Autowired
    StockItems items;

    @Autowired
    Reservations reservations;

    @Autowired
    ReservationLists reservationLists;

    @Autowired
    PlatformTransactionManager transactionManager;

    @TestConfiguration
    static class RowsOfTheVersionBefore {

        @Bean
        FlywayMigrationStrategy migrateWithRows() {
            return flyway -> {
                Flyway.configure()
                        .configuration(flyway.getConfiguration())
                        .target(UNDIVIDED)
                        .load()
                        .migrate();
                var jdbc = new JdbcTemplate(flyway.getConfiguration().getDataSource());
                long seed = Long.getLong("seed", new Random().nextInt(1_000_000));
                System.out.println("ShardMigrationIntegrationTest: rerun with -Dseed=" + seed);
                jdbc.execute(ROWS.formatted(seed / 1e6));
                jdbc.execute("create schema before");
                for (String table : jdbc.queryForList("""
                        select tablename from pg_tables
                         where schemaname = 'public' and tablename <> 'flyway_schema_history'""", String.class)) {
                    jdbc.execute("create table before.%1$s as table %1$s".formatted(table));
                }
                flyway.migrate();
            };
        }
    }

    /** SKUs that other collations than that of the code points sort in another order, orders of all states, gaps in the ids of reviews. */
    private static final String ROWS = """
            select setseed(%s);

            insert into products (sku, name, description, category, price, currency, version)
            select sku, 'Product ' || sku, E'Two\\nlines: \u00fc', (array['BOOKS', 'KITCHEN', 'TOYS'])[1 + n %% 3], 0.01 + n,
                   case n %% 10 when 0 then 'USD' else 'EUR' end, 1 + n %% 4
              from (select prefix || i as sku, row_number() over () as n
                      from unnest(array['0-', '9', 'A', 'A-', 'AUD-', 'GAR-', 'GAR-0', 'KIT', 'Z9-', 'ZZZZ']) as prefix,
                           generate_series(1, 40) as i);

            insert into reviews (sku, author, rating, body, written_on)
            select sku, 'Reader ' || i, 1 + floor(5 * random()), 'Good.', date '2026-01-01' + floor(300 * random())::int
              from products, generate_series(1, 3) as i where random() < 0.7;
            delete from reviews where id %% 17 = 0;

            insert into stock (sku, seeded, on_hand) select sku, n, n from (select sku, 500 + floor(500 * random()) as n from products);
            insert into restocks (id, sku, quantity, restocked_at)
            select md5(sku || i)::uuid, sku, 1 + floor(20 * random()), timestamptz '2026-02-01 12:00Z' + i * interval '1 day'
              from products, generate_series(1, 2) as i where random() < 0.5;

            insert into reservations (order_id, sku, quantity, state)
            select md5(i::text)::uuid, sku, 1 + floor(5 * random()), (array['RESERVED', 'SHIPPED', 'RELEASED'])[1 + i %% 3]
              from generate_series(1, 600) as i,
                   lateral (select sku from products where i > 0 order by random() limit 1 + i %% 4);

            update stock set restocked = units, on_hand = on_hand + units
              from (select sku, sum(quantity) as units from restocks group by sku) as r where r.sku = stock.sku;
            update stock set reserved = r.reserved, shipped = r.shipped, on_hand = on_hand - r.reserved - r.shipped
              from (select sku, coalesce(sum(quantity) filter (where state = 'RESERVED'), 0) as reserved,
                           coalesce(sum(quantity) filter (where state = 'SHIPPED'), 0) as shipped
                      from reservations group by sku) as r where r.sku = stock.sku;
            update stock set seeded = seeded - on_hand, on_hand = 0 where sku like 'KIT%%' and seeded >= on_hand;

            insert into catalogue_seeding (seeded_at) values ('2026-01-01 00:00Z');
            """;

    @Test
    void everyRowIsAsItWasInTheOneShard() {
        assertRowsAreAsTheyWere();
        RangeMap map = tables().map();
        assertThat(map).isEqualTo(RangeMap.initial(new ShardId(1)));
        new ShardAudit(jdbc).assertConsistent(map);
        assertThat(jdbc.sql("select count(*) from pg_namespace where nspname = 'undivided'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void theRepositoriesReadWhatWasThere() {
        List<String> skus = strings("select sku from before.products order by sku");
        assertThat(products.list(null, null, ALL))
                .extracting(product -> product.sku().value())
                .isEqualTo(skus);
        assertThat(products.list(Category.TOYS, new Sku("AUD-1"), new Sku("KIT9"), null, ALL))
                .extracting(product -> product.sku().value())
                .isEqualTo(strings("""
                        select sku from before.products
                         where category = 'TOYS' and sku >= 'AUD-1' and sku < 'KIT9' order by sku"""));
        assertThat(products.list(null, null, ALL))
                .extracting(Product::version)
                .isEqualTo(numbers("select version from before.products order by sku"));
        assertThat(products.list(null, null, ALL)).extracting(Product::revision).containsOnly(0L);
        assertThat(numbers("select revision from catalogue_revision"))
                .isEqualTo(numbers("select sum(version)::bigint from before.products"));

        assertThat(reviews.findLatest(skus.toArray(String[]::new), ALL))
                .extracting(Review::author)
                .containsExactlyInAnyOrderElementsOf(strings("select author from before.reviews"));
        assertThat(numbers("select nextval('review_ids') - 99").getFirst())
                .as("the first id of a new block")
                .isGreaterThan(numbers("select max(id) from before.reviews").getFirst());

        for (String sku : skus) {
            assertThat(reservationLists.ofProduct(new Sku(sku), null, ALL))
                    .extracting(Reservation::orderId)
                    .extracting(OrderId::toString)
                    .isEqualTo(
                            strings("select order_id from before.reservations where sku = '%s' order by order_id desc"
                                    .formatted(sku)));
        }
    }

    @Test
    void ordersOfAllStatesGoOn() {
        List<OrderId> reserved = orders("RESERVED");
        OrderId shipped = orders("SHIPPED").getFirst();
        OrderId released = orders("RELEASED").getFirst();
        Sku soldOut = new Sku(strings("select sku from before.stock where on_hand = 0 limit 1")
                .getFirst());

        assertThat(new ReservationHandler(items, reservations)
                        .handle(CommandBatch.of(
                                List.of(
                                        new CommitReservation(reserved.get(0)),
                                        new ReleaseInventory(reserved.get(1)),
                                        new CommitReservation(shipped),
                                        new ReleaseInventory(released),
                                        new ReleaseInventory(shipped),
                                        reserve(new Sku("AUD-1"), new Sku("ZZZZ40")),
                                        reserve(new Sku("AUD-1"), soldOut)),
                                null)))
                .extracting(reply -> reply.getClass().getSimpleName())
                .containsExactly(
                        StockCommitted.class.getSimpleName(),
                        StockReleased.class.getSimpleName(),
                        StockCommitted.class.getSimpleName(),
                        StockReleased.class.getSimpleName(),
                        StepRefused.class.getSimpleName(),
                        StockReserved.class.getSimpleName(),
                        "StepDeclined");
        flushAndClear();
        new ShardAudit(jdbc).assertConsistent(tables().map());
    }

    @Test
    void theRowsCanBeSplit() {
        ShardTables tables = tables();
        RangeMap split = tables.map().split("GAR-01", new ShardId(2)).split("A-", new ShardId(3));
        assertThat(tables.commit(split)).isInstanceOf(ShardTables.Commit.Done.class);
        assertRowsAreAsTheyWere();
        new ShardAudit(jdbc).assertConsistent(split);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into products select * from products where sku = 'AUD-1'",
                "update products set price = 0 where sku = 'AUD-1'",
                "update products set currency = 'eur' where sku = 'AUD-1'",
                "update products set version = 0 where sku = 'AUD-1'",
                "update products set name = null where sku = 'AUD-1'",
                "delete from products where sku = 'AUD-1'",
                "insert into stock (sku, seeded, on_hand) values ('NONE', 1, 1)",
                "insert into stock select * from stock where sku = 'AUD-1'",
                "update stock set on_hand = on_hand + 1 where sku = 'AUD-1'",
                "update stock set on_hand = on_hand + reserved + 1, reserved = -1 where sku = 'AUD-1'",
                "delete from stock where sku in (select sku from restocks)",
                "insert into restocks (id, sku, quantity, restocked_at) values (gen_random_uuid(), 'NONE', 1, now())",
                "insert into restocks select * from restocks",
                "update restocks set quantity = 0",
                "insert into reviews (id, sku, author, rating, body, written_on) values (1, 'NONE', 'Ada', 5, 'Good.', now())",
                "insert into reviews select * from reviews",
                "update reviews set rating = 6",
                "update reviews set author = null",
                "insert into reservations select * from reservations",
                "update reservations set state = 'LOST'",
                "update reservations set quantity = 0",
                "insert into catalogue_seeding select * from catalogue_seeding"
            })
    void theDatabaseStillRefuses(String statement) {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.sql(statement).update());
    }

    /** Compares the tables as multisets of rows, in the columns that they had. */
    private void assertRowsAreAsTheyWere() {
        List<String> tables = strings("select tablename from pg_tables where schemaname = 'before' order by tablename");
        assertThat(tables)
                .contains("products", "stock", "restocks", "reviews", "reservations", "catalogue_seeding", "outbox");
        for (String table : tables) {
            String columns = strings("""
                            select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
                             where attrelid = 'before.%s'::regclass and attnum > 0""".formatted(table)).getFirst();
            String before = "select %s from before.%s".formatted(columns, table);
            String now = "select %s from public.%s".formatted(columns, table);
            assertThat(strings("select row(missing.*)::text from (%s except all %s) as missing".formatted(before, now)))
                    .as("rows of %s that are missing", table)
                    .isEmpty();
            assertThat(strings("select row(added.*)::text from (%s except all %s) as added".formatted(now, before)))
                    .as("rows of %s that were not there", table)
                    .isEmpty();
        }
        assertThat(numbers("""
                        select count(*) from before.products union all select count(*) from before.reviews
                        union all select count(*) from before.restocks
                        union all select count(*) from before.reservations group by state"""))
                .hasSize(6)
                .allSatisfy(count -> assertThat(count).isGreaterThan(100));
    }

    private ShardTables tables() {
        return new ShardTables(
                jdbc,
                new TransactionTemplate(transactionManager),
                new ShardsProperties(0, 0, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(2)));
    }

    private List<OrderId> orders(String state) {
        return strings("select distinct order_id from before.reservations where state = '%s'".formatted(state)).stream()
                .map(id -> new OrderId(UUID.fromString(id)))
                .toList();
    }

    private static ReserveInventory reserve(Sku... skus) {
        return new ReserveInventory(
                newOrder(),
                List.of(skus).stream().map(sku -> new OrderLine(sku, 1)).toList());
    }

    private List<String> strings(String query) {
        return jdbc.sql(query).query(String.class).list();
    }

    private List<Long> numbers(String query) {
        return jdbc.sql(query).query(Long.class).list();
    }
}
