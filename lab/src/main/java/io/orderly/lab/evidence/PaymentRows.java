package io.orderly.lab.evidence;

import io.orderly.contracts.OrderId;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of the payment-service's database.
 *
 * @param payments the payments by order
 * @param accounts the customers' accounts
 * @param sums the sum of the ledger entries by account, including internal accounts
 * @param movements the transfers by order, including orders without a payment
 */
public record PaymentRows(
        Map<OrderId, PaymentRow> payments,
        List<AccountRow> accounts,
        Map<String, BigDecimal> sums,
        Map<OrderId, Movements> movements) {

    private static final String PAYMENTS =
            "select order_id, state, customer_id, amount, due_at is not null as open from payments";

    private static final String ACCOUNTS = """
            select a.customer_id, a.balance, coalesce(e.total, 0) as entries
              from accounts a
              left join (select account, sum(amount) as total from ledger_entries group by account) e
                on e.account = 'customer:' || a.customer_id
             order by a.customer_id""";

    private static final String SUMS = "select account, sum(amount) as total from ledger_entries group by account";

    private static final String MOVEMENTS = """
            select reference,
                   count(*) filter (where kind = 'CAPTURE') as captures,
                   coalesce(sum(amount) filter (where kind = 'CAPTURE'), 0)
                     - coalesce(sum(amount) filter (where kind = 'REFUND'), 0) as taken,
                   coalesce(sum(amount) filter (where kind = 'HOLD'), 0)
                     - coalesce(sum(amount) filter (where kind in ('CAPTURE', 'RELEASE')), 0) as held
              from transfers where kind not in ('OPENING', 'DEPOSIT') group by reference""";

    /**
     * An order's payment.
     *
     * @param amount null if the payment was cancelled before it was requested
     * @param isOpen whether it is waiting for the provider
     */
    public record PaymentRow(
            OrderId orderId,
            State state,
            @Nullable String customer,
            @Nullable BigDecimal amount,
            boolean isOpen) {

        public enum State {
            INTENDED,
            CHARGED,
            DECLINED,
            VOIDING,
            VOIDED,
            REFUNDING,
            REFUNDED,
            /** A value that the lab does not know. */
            UNKNOWN;

            /** Whether the customer has been or may still be charged. */
            public boolean keepsMoney() {
                return switch (this) {
                    case DECLINED, VOIDED, REFUNDED -> false;
                    case INTENDED, CHARGED, VOIDING, REFUNDING, UNKNOWN -> true;
                };
            }
        }
    }

    /** A customer's account: its balance, and the sum of its ledger entries. */
    public record AccountRow(String customer, BigDecimal balance, BigDecimal entries) {}

    /**
     * The ledger's transfers for an order.
     *
     * @param captures the number of charges
     * @param taken the amount that was charged and not refunded
     * @param held the amount that is held, neither charged nor released
     */
    public record Movements(long captures, BigDecimal taken, BigDecimal held) {

        /** No transfers. */
        public static final Movements NONE = new Movements(0, BigDecimal.ZERO, BigDecimal.ZERO);

        /** Whether an amount is held or charged. */
        public boolean keepsMoney() {
            return taken.signum() != 0 || held.signum() != 0;
        }
    }

    /** Reads the rows in the transaction of the connection. */
    public static PaymentRows read(JdbcClient jdbc) {
        Map<OrderId, PaymentRow> payments = new HashMap<>();
        jdbc.sql(PAYMENTS).query(row -> {
            OrderId order = new OrderId(row.getObject("order_id", UUID.class));
            payments.put(
                    order,
                    new PaymentRow(
                            order,
                            StateParser.read(row.getString("state"), PaymentRow.State.UNKNOWN),
                            row.getString("customer_id"),
                            row.getBigDecimal("amount"),
                            row.getBoolean("open")));
        });
        List<AccountRow> accounts = jdbc.sql(ACCOUNTS)
                .query((row, _) -> new AccountRow(
                        row.getString("customer_id"), row.getBigDecimal("balance"), row.getBigDecimal("entries")))
                .list();
        Map<String, BigDecimal> sums = new TreeMap<>();
        jdbc.sql(SUMS).query(row -> {
            sums.put(row.getString("account"), row.getBigDecimal("total"));
        });
        Map<OrderId, Movements> movements = new HashMap<>();
        jdbc.sql(MOVEMENTS).query(row -> {
            movements.put(
                    new OrderId(row.getObject("reference", UUID.class)),
                    new Movements(row.getLong("captures"), row.getBigDecimal("taken"), row.getBigDecimal("held")));
        });
        return new PaymentRows(payments, accounts, sums, movements);
    }
}
