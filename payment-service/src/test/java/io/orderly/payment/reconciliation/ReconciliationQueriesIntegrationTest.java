package io.orderly.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.RepositorySlice;
import io.orderly.payment.LedgerSlice;
import io.orderly.payment.ledger.Accounts;
import io.orderly.payment.ledger.Ledger;
import io.orderly.payment.ledger.Transfer;
import io.orderly.payment.reconciliation.ReconciliationQueries.Entry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReconciliationQueriesIntegrationTest extends LedgerSlice {

    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Money PRICE = Money.euros("30.00");

    @Autowired
    ReconciliationQueries queries;

    @Autowired
    Accounts accounts;

    @Autowired
    Ledger ledger;

    @Test
    void theAmountOfAnEntryIsWhatWasCapturedAndNotRefunded() {
        var held = payment("INTENDED", Transfer.hold(newOrder(), ALICE, PRICE));
        var captured = newOrder();
        store(captured, "CHARGED", Transfer.hold(captured, ALICE, PRICE), Transfer.capture(captured, PRICE));
        var refunded = newOrder();
        store(
                refunded,
                "REFUNDED",
                Transfer.hold(refunded, ALICE, PRICE),
                Transfer.capture(refunded, PRICE),
                Transfer.refund(refunded, ALICE, PRICE));

        assertThat(queries.entries(List.of(held, captured, refunded, newOrder()))
                        .values())
                .containsExactlyInAnyOrder(
                        new Entry(held, true, null),
                        new Entry(captured, false, PRICE),
                        new Entry(refunded, false, null));
        assertThat(queries.entry(newOrder())).isEmpty();
    }

    @Test
    void chargedOrdersAreReadInPages() {
        var charged =
                Stream.generate(RepositorySlice::newOrder).limit(3).sorted().toList();
        charged.forEach(order -> store(order, "CHARGED"));
        store(newOrder(), "REFUNDED");

        var first = queries.charged(null, 2);
        assertThat(first).containsExactlyElementsOf(charged.subList(0, 2));
        assertThat(queries.charged(first.getLast(), 2)).containsExactly(charged.getLast());
    }

    @Test
    void anAccountWhoseBalanceDiffersFromItsEntriesIsAnImbalance() {
        accounts.lock(List.of(ALICE, new CustomerId("bob")));
        flushAndClear();
        assertThat(queries.imbalances(10)).isEmpty();

        jdbc.sql("update accounts set balance = balance - 1 where customer_id = 'alice'")
                .update();

        assertThat(queries.imbalances(10))
                .containsExactly(
                        new ReconciliationReport.Imbalance(ALICE, Money.euros("999999.00"), Money.euros("1000000.00")));
    }

    private OrderId payment(String state, Transfer transfer) {
        var order = new OrderId(transfer.reference());
        store(order, state, transfer);
        return order;
    }

    private void store(OrderId order, String state, Transfer... transfers) {
        jdbc.sql("""
                insert into payments (order_id, state, customer_id, amount, currency, attempts, due_at)
                values (?, ?, 'alice', 30, 'EUR', 0, case when ? = 'INTENDED' then now() end)""").params(order.value(), state, state).update();
        accounts.lock(List.of(ALICE));
        ledger.post(List.of(transfers));
        flushAndClear();
    }
}
