package io.orderly.inventory.shards;

import io.orderly.partitions.range.MalformedRangeMapException;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.RangeMapText;
import io.orderly.partitions.range.ShardId;
import io.orderly.partitions.range.ShardRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tables that are divided, and the map that they follow.
 *
 * <p>A move locks the row of the map, then the tables with {@code access exclusive}, and moves the rows and changes the map in the same
 * transaction. Each statement on a table locks it until the end of its transaction. So a move begins when all transactions that have used
 * the tables have ended, and others use the tables when it has ended. All lock the tables in the same order, that of {@link #TABLES}.
 */
@Component
class ShardTables {

    /** In the order in which rows are inserted: each refers to those before it. */
    private static final List<String> TABLES = List.of("products", "stock", "restocks", "reviews");

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Duration lockTimeout;
    private final Duration longestMove;

    ShardTables(JdbcClient jdbc, TransactionOperations transactions, ShardsProperties properties) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        lockTimeout = properties.lockTimeout();
        longestMove = properties.longestMove();
    }

    /** The outcome of {@link #commit}. */
    sealed interface Commit {

        /** The map is in force. @param rows that this call has moved */
        record Done(long rows) implements Commit {}

        /** A map of the same or of a higher generation is in force; nothing was changed. */
        record Superseded(RangeMap inForce) implements Commit {}
    }

    /** The map in force. */
    RangeMap map() {
        return map("select map from shard_map");
    }

    /** The shards that exist. */
    Set<ShardId> shards() {
        return jdbc
                .sql(
                        "select substring(nspname from 7)::int from pg_namespace where nspname ~ '^shard_[1-9][0-9]{0,2}$'")
                .query(Integer.class)
                .list()
                .stream()
                .map(ShardId::new)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The sizes of the shards that have products. */
    List<ShardSize> sizes() {
        return jdbc.sql("""
                        select substring(tableoid::regclass::text from '^shard_([0-9]+)[.]')::int as shard, count(*) as products,
                               sum(on_hand) as on_hand, sum(reserved) as reserved, sum(shipped) as shipped
                          from stock group by tableoid""")
                .query((row, _) -> new ShardSize(
                        new ShardId(row.getInt("shard")),
                        row.getLong("products"),
                        row.getLong("on_hand"),
                        row.getLong("reserved"),
                        row.getLong("shipped")))
                .list();
    }

    /** The first SKU of the upper half of a range; empty if it has less than two products. */
    Optional<String> median(ShardRange range) {
        return jdbc.sql("""
                        with keys as (select sku, row_number() over (order by sku) as place, count(*) over () as total
                                        from products where %s)
                        select sku from keys where total >= 2 and place = total / 2 + 1""".formatted(within(range))).query(String.class).optional();
    }

    /**
     * Moves rows until the tables follow the map.
     *
     * @throws org.springframework.dao.DataAccessException if transactions took longer than the timeout, or PostgreSQL cancelled the move; then
     *     nothing was changed
     */
    Commit commit(RangeMap next) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            limitTime();
            RangeMap inForce = map("select map from shard_map for update");
            if (next.equals(inForce)) {
                return new Commit.Done(0);
            }
            if (next.generation() <= inForce.generation()) {
                return new Commit.Superseded(inForce);
            }
            return new Commit.Done(move(inForce, next));
        }));
    }

    private void limitTime() {
        jdbc.sql("select set_config('lock_timeout', ?, true), set_config('transaction_timeout', ?, true)")
                .param(lockTimeout.toMillis() + "ms")
                .param(longestMove.toMillis() + "ms")
                .query((_, _) -> true)
                .single();
    }

    private long move(RangeMap inForce, RangeMap next) {
        execute("lock table %s in access exclusive mode".formatted(String.join(", ", TABLES)));
        List<ShardRange> before = without(inForce.ranges(), next.ranges());
        List<ShardRange> after = without(next.ranges(), inForce.ranges());
        for (ShardRange range : before) {
            TABLES.forEach(table -> execute("alter table %s detach partition %s".formatted(table, in(range, table))));
        }
        for (ShardRange range : after) {
            if (!inForce.shards().contains(range.shard())) {
                jdbc.sql("select create_shard_tables(?)")
                        .param(range.shard().value())
                        .query((_, _) -> true)
                        .single();
            }
        }
        long rows = 0;
        for (RangeMap.Move move : inForce.movesTo(next)) {
            rows += move(move);
        }
        for (ShardRange range : after) {
            // PostgreSQL compares each row with the bounds
            TABLES.forEach(table -> execute("alter table %s attach partition %s for values from (%s) to (%s)"
                    .formatted(
                            table, in(range, table), bound(range.from(), "minvalue"), bound(range.to(), "maxvalue"))));
        }
        for (ShardRange range : before) {
            if (!next.shards().contains(range.shard())) {
                TABLES.reversed().forEach(table -> dropEmpty(in(range, table)));
            }
        }
        jdbc.sql("update shard_map set generation = ?, map = ?")
                .param(next.generation())
                .param(RangeMapText.write(next))
                .update();
        return rows;
    }

    private long move(RangeMap.Move move) {
        long rows = 0;
        List<Long> inserted = new ArrayList<>();
        String source = schema(move.source());
        for (String table : TABLES) {
            inserted.add((long) jdbc.sql("insert into %s select * from %s.%s where %s"
                            .formatted(in(move.target(), table), source, table, within(move.target())))
                    .update());
        }
        for (String table : TABLES.reversed()) {
            long deleted = jdbc.sql("delete from %s.%s where %s".formatted(source, table, within(move.target())))
                    .update();
            if (deleted != inserted.removeLast()) {
                throw new IllegalStateException("%d rows of %s.%s were not moved".formatted(deleted, source, table));
            }
            rows += deleted;
        }
        return rows;
    }

    private void dropEmpty(String table) {
        if (jdbc.sql("select exists (select from %s)".formatted(table))
                .query(Boolean.class)
                .single()) {
            throw new IllegalStateException("there are rows left in " + table);
        }
        execute("drop table " + table);
    }

    private void execute(String statement) {
        jdbc.sql(statement).update();
    }

    private RangeMap map(String query) {
        try {
            return RangeMapText.read(jdbc.sql(query).query(String.class).single());
        } catch (MalformedRangeMapException e) {
            throw new IllegalStateException("the map in shard_map is malformed: " + e.getMessage(), e);
        }
    }

    private static List<ShardRange> without(List<ShardRange> ranges, List<ShardRange> others) {
        return ranges.stream().filter(range -> !others.contains(range)).toList();
    }

    private static String in(ShardRange range, String table) {
        return schema(range.shard()) + "." + table;
    }

    private static String schema(ShardId shard) {
        return "shard_" + shard;
    }

    /** The condition of a range. Keys have no quotation marks. */
    private static String within(ShardRange range) {
        String from = range.from() == null ? "" : " and sku >= '%s'".formatted(range.from());
        String to = range.to() == null ? "" : " and sku < '%s'".formatted(range.to());
        return "true" + from + to;
    }

    private static String bound(@Nullable String key, String none) {
        return key == null ? none : "'%s'".formatted(key);
    }
}
