package io.orderly.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.CustomerId;
import io.orderly.payment.charging.PaymentFilter;
import io.orderly.payment.charging.PaymentLists;
import io.orderly.payment.charging.PaymentState;
import io.orderly.payment.ledger.AccountLists;
import io.orderly.payment.ledger.Accounts;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Window;

/** The queries of the lists of accounts and payments. */
class ListQueriesIntegrationTest extends LedgerSlice {

    @Autowired
    Accounts accounts;

    @Autowired
    AccountLists opened;

    @Autowired
    PaymentLists payments;

    @Test
    void aDepositIsNotShownAsTheOpeningBalanceOfAnAccountOpenedWithZero() {
        accounts.lock(List.of(new CustomerId("broke")));
        jdbc.sql("""
                insert into transfers (reference, kind, debit_account, credit_account, amount, currency)
                values (gen_random_uuid(), 'DEPOSIT', 'funding', 'customer:broke', 5, 'EUR')""").update();

        assertThat(opened.find(new CustomerId("broke")))
                .hasValueSatisfying(account ->
                        assertThat(account.openingBalance().isPositive()).isFalse());
    }

    /** Payments of a state or of a customer are found without reading the other rows. */
    @ParameterizedTest
    @EnumSource
    void aPageOfAStateReadsFewRowsOfALargeTable(PaymentState state) {
        var page = readAmongMany(() -> payments.newestFirst(new PaymentFilter(null, state, null), 10));

        assertThat(page).hasSize(10).allMatch(each -> each.state() == state);
    }

    @Test
    void aPageOfACustomerReadsFewRowsOfALargeTable() {
        var filter = new PaymentFilter(new CustomerId("customer-CHARGED-1"), null, null);

        assertThat(readAmongMany(() -> payments.newestFirst(filter, 10))).hasSize(10);
    }

    @Test
    void aPageOfAccountsReadsFewRowsOfALargeTable() {
        assertThat(readAmongMany(() -> opened.list(null, 10))).hasSize(10);
    }

    private <T> List<T> readAmongMany(Supplier<Window<T>> read) {
        insert(3_000, "CHARGED");
        Stream.of(PaymentState.values()).forEach(state -> insert(15, state.name()));
        insert(3_000, "CHARGED");
        jdbc.sql("""
                insert into accounts (customer_id, balance, currency)
                select 'customer-' || n, 1, 'EUR' from generate_series(1, 3000) as n""").update();
        jdbc.sql("""
                insert into transfers (reference, kind, debit_account, credit_account, amount, currency)
                select gen_random_uuid(), 'OPENING', 'funding', 'customer:customer-' || n, 1, 'EUR'
                  from generate_series(1, 3000) as n""").update();
        var before = rowsRead();

        var found = read.get();

        assertThat(rowsRead() - before).isLessThan(200);
        return found.getContent();
    }

    private void insert(int count, String state) {
        jdbc.sql("""
                insert into payments (order_id, state, customer_id, amount, currency, decline_reason, decline_detail,
                                      attempts, due_at)
                select uuidv7(), state, 'customer-' || state || '-' || n % 300, 1, 'EUR',
                       case when state = 'DECLINED' then 'INSUFFICIENT_FUNDS' end, '', 0,
                       case when state in ('INTENDED', 'VOIDING', 'REFUNDING') then now() + interval '1 day' end
                  from generate_series(1, ?) as n, (select ? as state)""").params(count, state).update();
    }

    /** Rows read in the current transaction. */
    private long rowsRead() {
        return jdbc.sql("""
                        select sum(seq_tup_read + idx_tup_fetch)::bigint from pg_stat_xact_user_tables
                         where relname in ('payments', 'accounts', 'transfers')""").query(Long.class).single();
    }
}
