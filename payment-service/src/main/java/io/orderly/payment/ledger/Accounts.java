package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.payment.PaymentSettings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The customers' accounts. A customer has one from the first moment she is asked for. */
@Repository
public class Accounts {

    private static final String LOCK = """
            select customer_id, balance, currency, opened_at from accounts
             where customer_id = any(?) order by customer_id for update""";

    private static final String OPEN = """
            with opened as (
                insert into accounts (customer_id, balance, currency)
                select customer_id, balance, ?
                  from unnest(?::text[], ?::numeric[]) as new(customer_id, balance) order by customer_id
                on conflict do nothing
                returning customer_id, balance, currency)
            insert into transfers (reference, kind, debit_account, credit_account, amount, currency)
            select reference, 'OPENING', 'funding', 'customer:' || customer_id, balance, currency
              from opened join unnest(?::text[], ?::uuid[]) as opening(customer_id, reference) using (customer_id)
             where balance > 0""";

    // the first that a customer was ever credited, found by its index, is the opening if there was one
    private static final String OPENED = """
            select account.*, coalesce(opening.amount, 0) as opening_balance
              from accounts as account
              left join lateral (
                   select kind, amount from transfers
                    where credit_account = 'customer:' || account.customer_id and credit_account like 'customer:%'
                    order by id limit 1) as opening on opening.kind = 'OPENING'
            """;

    private final JdbcClient jdbc;
    private final PaymentSettings settings;

    Accounts(JdbcClient jdbc, PaymentSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    public Optional<Account> find(CustomerId customerId) {
        return jdbc.sql("select customer_id, balance, currency, opened_at from accounts where customer_id = ?")
                .param(customerId.value())
                .query(Accounts::read)
                .optional();
    }

    /** The account, and what it was opened with. */
    public Optional<OpenedAccount> findOpened(CustomerId customerId) {
        return jdbc.sql(OPENED + "where account.customer_id = ?")
                .param(customerId.value())
                .query(Accounts::readOpened)
                .optional();
    }

    /**
     * Accounts in the order of the customers' ids, by code point.
     *
     * @param after those that come after this customer; null to start at the beginning
     */
    public List<OpenedAccount> list(@Nullable CustomerId after, int limit) {
        return jdbc.sql(OPENED + "where account.customer_id > ? order by account.customer_id limit ?")
                .param(after == null ? "" : after.value())
                .param(limit)
                .query(Accounts::readOpened)
                .list();
    }

    /** The accounts of these customers, locked until the transaction ends; those that were never seen are opened. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<CustomerId, Account> lock(Collection<CustomerId> customers) {
        var accounts = new HashMap<CustomerId, Account>();
        if (customers.isEmpty()) {
            return accounts;
        }
        lockKnown(customers, accounts);
        var missing = customers.stream()
                .filter(each -> !accounts.containsKey(each))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            // Two transactions that open accounts they share may meet here out of order; PostgreSQL then sends one of
            // them
            // back, once in the life of these accounts.
            open(missing);
            lockKnown(missing, accounts);
        }
        return accounts;
    }

    private void lockKnown(Collection<CustomerId> customers, Map<CustomerId, Account> accounts) {
        jdbc.sql(LOCK)
                .param(values(customers))
                .query(Accounts::read)
                .list()
                .forEach(each -> accounts.put(each.customerId(), each));
    }

    private void open(List<CustomerId> customers) {
        var names = values(customers);
        jdbc.sql(OPEN)
                .param(settings.currency())
                .param(names)
                .param(customers.stream()
                        .map(each -> settings.openingBalanceOf(each.value()).amount())
                        .toArray(BigDecimal[]::new))
                .param(names)
                .param(customers.stream().map(Accounts::openingReference).toArray(UUID[]::new))
                .update();
    }

    /** The same each time, so that no account can be opened twice. */
    private static UUID openingReference(CustomerId customerId) {
        return UUID.nameUUIDFromBytes(("opening of " + customerId).getBytes(StandardCharsets.UTF_8));
    }

    private static String[] values(Collection<CustomerId> customers) {
        return customers.stream().map(CustomerId::value).toArray(String[]::new);
    }

    private static OpenedAccount readOpened(ResultSet row, int number) throws SQLException {
        return new OpenedAccount(
                read(row, number), new Money(row.getBigDecimal("opening_balance"), row.getString("currency")));
    }

    private static Account read(ResultSet row, int number) throws SQLException {
        return new Account(
                new CustomerId(row.getString("customer_id")),
                new Money(row.getBigDecimal("balance"), row.getString("currency")),
                row.getObject("opened_at", OffsetDateTime.class).toInstant());
    }
}
