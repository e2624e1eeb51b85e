package io.orderly.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.payment.LedgerSlice;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Not in a transaction of its own, because most tests concern commits or concurrent transactions. */
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class LedgerIntegrationTest extends LedgerSlice {

    @Autowired
    Accounts accounts;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void anAccountIsOpenedOnceWithItsOpeningBalance() {
        var mia = new CustomerId("mia");

        IntStream.range(0, 8).parallel().forEach(_ -> transactions.execute(_ -> accounts.lock(List.of(mia))));

        assertThat(accounts.find(mia))
                .hasValueSatisfying(account -> assertThat(account.balance()).isEqualTo(Money.euros("1000000.00")));
        assertThat(ledger.entries(mia, Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.kind()).isEqualTo(Transfer.Kind.OPENING));
    }

    @Test
    void anyCustomerIdCanHaveAnAccount() {
        for (var name : List.of("Ünïcødé 顧客 🛒", "'; drop table accounts; --", "held", "customer:mia", "%")) {
            var customer = new CustomerId(name);

            transactions.execute(_ -> accounts.lock(List.of(customer)));

            assertThat(accounts.find(customer)).isPresent();
            assertThat(ledger.entries(customer, Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @Test
    void aNegativeBalanceIsRejected() {
        var nora = new CustomerId("nora");
        transactions.execute(_ -> accounts.lock(List.of(nora)));

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> transactions.executeWithoutResult(
                        _ -> ledger.post(List.of(Transfer.hold(newOrder(), nora, Money.euros("1000000.01"))))));
        assertThat(balanceOf("nora")).isEqualByComparingTo("1000000.00");
    }

    @Test
    void aTransferCannotBePostedTwice() {
        var olga = new CustomerId("olga");
        transactions.execute(_ -> accounts.lock(List.of(olga)));
        var hold = Transfer.hold(newOrder(), olga, Money.euros("1.00"));
        transactions.executeWithoutResult(_ -> ledger.post(List.of(hold)));

        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> transactions.executeWithoutResult(_ -> ledger.post(List.of(hold))));
        assertThat(balanceOf("olga")).isEqualByComparingTo("999999.00");
    }

    @Test
    void aTransferOfACustomerWithoutAnAccountIsRejected() {
        var deposit = Transfer.deposit(newOrder().value(), new CustomerId("nobody"), Money.euros("1.00"));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> transactions.executeWithoutResult(_ -> ledger.post(List.of(deposit))));
    }

    @Test
    void transfersArePostedOnlyInATransaction() {
        assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> ledger.post(List.of()));
    }

    @Test
    void accountsAreLockedOnlyInATransaction() {
        assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> accounts.lock(List.of()));
    }

    @Test
    void concurrentTransfersInOppositeDirectionsDoNotDeadlock() {
        var left = new CustomerId("left");
        var right = new CustomerId("right");
        transactions.execute(_ -> accounts.lock(List.of(left, right)));

        IntStream.range(0, 100)
                .parallel()
                .forEach(number -> transactions.executeWithoutResult(_ -> {
                    var first = number % 2 == 0 ? left : right;
                    var second = number % 2 == 0 ? right : left;
                    ledger.post(List.of(
                            Transfer.hold(newOrder(), first, Money.euros("1.00")),
                            Transfer.hold(newOrder(), second, Money.euros("2.00"))));
                }));

        assertThat(balanceOf("left")).isEqualByComparingTo("999850.00");
        assertThat(balanceOf("right")).isEqualByComparingTo("999850.00");
    }
}
