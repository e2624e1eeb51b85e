package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import io.orderly.payment.PaymentProperties;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Uses SQL because another transaction may open the same account concurrently: {@code on conflict do nothing} returns
 * only the accounts that this transaction opened and has to post an opening balance for. A key violation would fail the
 * whole batch instead. Spring Data finds the class by its name.
 */
class AccountOpeningsImpl implements AccountOpenings {

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

    private final JdbcClient jdbc;
    private final PaymentProperties properties;

    AccountOpeningsImpl(JdbcClient jdbc, PaymentProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    @Override
    public void open(List<CustomerId> customers) {
        var names = customers.stream().map(CustomerId::value).toArray(String[]::new);
        jdbc.sql(OPEN)
                .param(properties.currency())
                .param(names)
                .param(customers.stream()
                        .map(each -> properties.openingBalanceOf(each.value()).amount())
                        .toArray(BigDecimal[]::new))
                .param(names)
                .param(customers.stream().map(Transfer::openingReference).toArray(UUID[]::new))
                .update();
    }
}
