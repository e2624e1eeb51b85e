package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The stock of all products. */
@Repository
public class StockLevels {

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;
    private final InstantSource clock;

    StockLevels(JdbcClient jdbc, UnitOfWork unitOfWork, InstantSource clock) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
        this.clock = clock;
    }

    /** @return empty if there is no such product */
    public Optional<StockLevel> find(Sku sku) {
        return jdbc.sql("select sku, on_hand, reserved, shipped from stock where sku = ?")
                .param(sku.value())
                .query(StockLevels::level)
                .optional();
    }

    /** The stock of those of the products that exist. */
    public Map<Sku, StockLevel> find(Collection<Sku> skus) {
        return jdbc
                .sql("select sku, on_hand, reserved, shipped from stock where sku = any (?::text[])")
                .param(skus.stream().map(Sku::value).toArray(String[]::new))
                .query(StockLevels::level)
                .list()
                .stream()
                .collect(Collectors.toMap(StockLevel::sku, Function.identity()));
    }

    /**
     * Begins to keep stock of products.
     *
     * @param units on hand at first, per product
     */
    public void seed(Map<Sku, Long> units) {
        jdbc.sql("""
                        insert into stock (sku, seeded, on_hand)
                        select sku, units, units from unnest(?::text[], ?::bigint[]) as seed (sku, units)""")
                .param(units.keySet().stream().map(Sku::value).toArray(String[]::new))
                .param(units.values().toArray(Long[]::new))
                .update();
    }

    /**
     * Units arrive, and the journal says so.
     *
     * @param quantity above zero
     * @return the stock that is then there; empty if there is no such product
     */
    @Transactional
    public Optional<StockLevel> restock(Sku sku, long quantity) {
        Optional<StockLevel> level = jdbc.sql("""
                        update stock set on_hand = on_hand + :quantity, restocked = restocked + :quantity
                        where sku = :sku
                        returning sku, on_hand, reserved, shipped""")
                .param("sku", sku.value())
                .param("quantity", quantity)
                .query(StockLevels::level)
                .optional();
        level.ifPresent(_ -> jdbc.sql("insert into restocks (id, sku, quantity, restocked_at) values (?, ?, ?, ?)")
                .param(UUID.randomUUID())
                .param(sku.value())
                .param(quantity)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update());
        return level;
    }

    /**
     * Locks and returns the stock of those of the products that exist, until the transaction ends. Everybody locks in the
     * order of the SKUs, so that no two transactions wait for each other.
     */
    public List<StockLevel> lock(Collection<Sku> skus) {
        if (skus.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select sku, on_hand, reserved, shipped from stock
                        where sku = any (?::text[])
                        order by sku
                        for no key update""")
                .param(skus.stream().map(Sku::value).toArray(String[]::new))
                .query(StockLevels::level)
                .list();
    }

    /** Stores levels that were locked before, at the commit. */
    public void update(List<StockLevel> levels) {
        if (levels.isEmpty()) {
            return;
        }
        unitOfWork.write(
                """
                update stock set on_hand = changed.on_hand, reserved = changed.reserved, shipped = changed.shipped
                from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
                    as changed (sku, on_hand, reserved, shipped)
                where stock.sku = changed.sku""",
                levels.stream().map(level -> level.sku().value()).toArray(String[]::new),
                counts(levels, StockLevel::onHand),
                counts(levels, StockLevel::reserved),
                counts(levels, StockLevel::shipped));
    }

    private static Long[] counts(List<StockLevel> levels, ToLongFunction<StockLevel> count) {
        return levels.stream().mapToLong(count).boxed().toArray(Long[]::new);
    }

    private static StockLevel level(ResultSet row, int number) throws SQLException {
        return new StockLevel(
                new Sku(row.getString("sku")), row.getLong("on_hand"), row.getLong("reserved"), row.getLong("shipped"));
    }
}
