package io.orderly.inventory.shards;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.ShardId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What has to hold for the rows of all shards, whatever was split and merged. */
final class ShardAudit {

    private static final List<String> TABLES = List.of("products", "stock", "restocks", "reviews");

    private final JdbcClient jdbc;

    ShardAudit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of rows of each table, in all shards. */
    List<Long> rows() {
        return TABLES.stream().map(this::rows).toList();
    }

    void assertConsistent(RangeMap map) {
        for (String table : TABLES) {
            assertRowsAreInTheirShards(map, table);
            assertNoRowsElsewhere(table);
        }
        assertThat(jdbc.sql("select sku from products except select sku from stock")
                        .query(String.class)
                        .list())
                .isEmpty();
        assertThat(jdbc.sql("select sku from reservations except select sku from stock")
                        .query(String.class)
                        .list())
                .as("reserved products without stock")
                .isEmpty();
        assertThat(jdbc.sql("""
                        select s.sku from stock s
                          left join (select sku, sum(quantity) as units from restocks group by sku) r using (sku)
                          left join (select sku, sum(quantity) filter (where state = 'RESERVED') as reserved,
                                            sum(quantity) filter (where state = 'SHIPPED') as shipped
                                       from reservations group by sku) o using (sku)
                         where s.on_hand + s.reserved + s.shipped <> s.seeded + s.restocked
                            or s.restocked <> coalesce(r.units, 0)
                            or s.reserved <> coalesce(o.reserved, 0)
                            or s.shipped <> coalesce(o.shipped, 0)""").query(String.class).list())
                .as("products whose units are not conserved")
                .isEmpty();
    }

    private void assertRowsAreInTheirShards(RangeMap map, String table) {
        record Place(String sku, int shard) {}
        List<Place> places = jdbc.sql(
                        "select distinct sku, substring(tableoid::regclass::text from '^shard_([0-9]+)[.]')::int as shard from "
                                + table)
                .query((row, _) -> new Place(row.getString("sku"), row.getInt("shard")))
                .list();
        assertThat(places)
                .allSatisfy(place -> assertThat(map.rangeOf(place.sku()).shard())
                        .as(place.sku())
                        .isEqualTo(new ShardId(place.shard())));
        assertThat(places).extracting(Place::sku).doesNotHaveDuplicates();
    }

    /** Also in tables that are no partition. */
    private void assertNoRowsElsewhere(String table) {
        List<String> schemas = jdbc.sql(
                        "select schemaname from pg_tables where tablename = ? and schemaname like 'shard%'")
                .param(table)
                .query(String.class)
                .list();
        long sum =
                schemas.stream().mapToLong(schema -> rows(schema + "." + table)).sum();
        assertThat(sum).as(table + " in " + schemas).isEqualTo(rows(table));
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
