package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Every movement of money, and the only way to make one. */
@Repository
public class Ledger {

    private static final String INSERT = """
            insert into transfers (reference, kind, debit_account, credit_account, amount, currency)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::text[])""";

    private static final String LOCK =
            "select 1 from accounts where customer_id = any(?) order by customer_id for update";

    private static final String CHANGE_BALANCES = """
            update accounts as account set balance = account.balance + change.amount
              from unnest(?::text[], ?::numeric[]) as change(customer_id, amount)
             where account.customer_id = change.customer_id""";

    private static final String ENTRIES = """
            select id, kind, reference, amount, currency, posted_at from (
                select id, kind, reference, -amount as amount, currency, posted_at from transfers
                 where debit_account = :account and debit_account like 'customer:%' and id < :before
                union all
                select id, kind, reference, amount, currency, posted_at from transfers
                 where credit_account = :account and credit_account like 'customer:%' and id < :before) as entries
             order by id desc limit :limit""";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;

    Ledger(JdbcClient jdbc, UnitOfWork unitOfWork) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Posts transfers and changes the balances of the customers in them, at the commit of the current transaction. It fails
     * with a {@link org.springframework.dao.DataIntegrityViolationException} if a balance would go below zero, or a transfer
     * was posted before.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void post(List<Transfer> transfers) {
        if (transfers.isEmpty()) {
            return;
        }
        unitOfWork.write(
                INSERT,
                transfers.stream().map(Transfer::reference).toArray(UUID[]::new),
                transfers.stream().map(each -> each.kind().name()).toArray(String[]::new),
                transfers.stream().map(each -> each.debit().name()).toArray(String[]::new),
                transfers.stream().map(each -> each.credit().name()).toArray(String[]::new),
                transfers.stream().map(each -> each.amount().amount()).toArray(BigDecimal[]::new),
                transfers.stream().map(each -> each.amount().currency()).toArray(String[]::new));
        changeBalances(changes(transfers));
    }

    /** What these transfers add to each customer's balance. */
    static Map<String, Money> changes(List<Transfer> transfers) {
        var changes = new TreeMap<String, Money>();
        for (var transfer : transfers) {
            transfer.debit()
                    .customerId()
                    .ifPresent(customer ->
                            changes.merge(customer.value(), transfer.amount().negated(), Money::plus));
            transfer.credit()
                    .customerId()
                    .ifPresent(customer -> changes.merge(customer.value(), transfer.amount(), Money::plus));
        }
        return changes;
    }

    private void changeBalances(Map<String, Money> changes) {
        if (changes.isEmpty()) {
            return;
        }
        var customers = changes.keySet().toArray(String[]::new);
        if (customers.length > 1) {
            // An update locks its rows in any order; two of them could wait for each other.
            unitOfWork.write(LOCK, (Object) customers);
        }
        unitOfWork.write(
                CHANGE_BALANCES,
                changed -> {
                    if (changed != customers.length) {
                        throw new IllegalStateException(
                                "a transfer names a customer without an account, one of " + changes.keySet());
                    }
                },
                customers,
                changes.values().stream().map(Money::amount).toArray(BigDecimal[]::new));
    }

    /**
     * The customer's entries, the latest first.
     *
     * @param before only entries with a lower id
     */
    public List<LedgerEntry> entries(CustomerId customerId, long before, int limit) {
        return jdbc.sql(ENTRIES)
                .param("account", LedgerAccount.of(customerId).name())
                .param("before", before)
                .param("limit", limit)
                .query(Ledger::read)
                .list();
    }

    private static LedgerEntry read(ResultSet row, int number) throws SQLException {
        return new LedgerEntry(
                row.getLong("id"),
                Transfer.Kind.valueOf(row.getString("kind")),
                row.getObject("reference", UUID.class),
                new Money(row.getBigDecimal("amount"), row.getString("currency")),
                row.getObject("posted_at", OffsetDateTime.class).toInstant());
    }
}
