package io.orderly.payment.reconciliation;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What our ledger says of payments. */
@Repository
class LedgerSide {

    private static final String ENTRIES = """
            select payment.order_id, cleared.amount, cleared.currency,
                   payment.due_at is not null as open
              from payments as payment left join lateral (
                   select sum(case kind when 'CAPTURE' then amount else -amount end) as amount, min(currency) as currency
                     from transfers
                    where reference = payment.order_id and kind in ('CAPTURE', 'REFUND')) as cleared on true
             where payment.order_id = any(?)""";

    private static final String CHARGED = """
            select order_id from payments
             where state = 'CHARGED' and (?::uuid is null or order_id > ?::uuid) order by order_id limit ?""";

    private static final String IMBALANCES = """
            select account.customer_id, account.balance, account.currency, coalesce(sum(entry.amount), 0) as entries
              from accounts as account
              left join ledger_entries as entry on entry.account = 'customer:' || account.customer_id
             group by account.customer_id having account.balance <> coalesce(sum(entry.amount), 0)
             order by account.customer_id limit ?""";

    private final JdbcClient jdbc;

    LedgerSide(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param open whether the payment still waits for the provider, so that the two sides may differ
     * @param taken what was captured and not refunded; null if nothing
     */
    record Entry(OrderId orderId, boolean open, @Nullable Money taken) {}

    /** Those of these orders' payments that there are. */
    Map<OrderId, Entry> entries(Collection<OrderId> orders) {
        return jdbc
                .sql(ENTRIES)
                .param(orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query(LedgerSide::read)
                .list()
                .stream()
                .collect(Collectors.toMap(Entry::orderId, Function.identity()));
    }

    Optional<Entry> entry(OrderId order) {
        return Optional.ofNullable(entries(List.of(order)).get(order));
    }

    /** @param after null for the first page */
    List<OrderId> charged(@Nullable OrderId after, int limit) {
        var from = after == null ? null : after.value();
        return jdbc.sql(CHARGED)
                .param(from)
                .param(from)
                .param(limit)
                .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
                .list();
    }

    List<Report.Imbalance> imbalances(int limit) {
        return jdbc.sql(IMBALANCES)
                .param(limit)
                .query((row, _) -> {
                    var currency = row.getString("currency");
                    return new Report.Imbalance(
                            new CustomerId(row.getString("customer_id")),
                            new Money(row.getBigDecimal("balance"), currency),
                            new Money(row.getBigDecimal("entries"), currency));
                })
                .list();
    }

    private static Entry read(ResultSet row, int number) throws SQLException {
        BigDecimal amount = row.getBigDecimal("amount");
        return new Entry(
                new OrderId(row.getObject("order_id", UUID.class)),
                row.getBoolean("open"),
                amount == null || amount.signum() == 0 ? null : new Money(amount, row.getString("currency")));
    }
}
