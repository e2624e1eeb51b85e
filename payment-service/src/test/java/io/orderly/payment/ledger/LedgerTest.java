package io.orderly.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");
    private static final CustomerId ALICE = new CustomerId("alice");
    private static final CustomerId BOB = new CustomerId("bob");

    @Test
    void changesAreTheSumOfTransfersPerCustomer() {
        var changes = Ledger.changes(List.of(
                Transfer.hold(ORDER, ALICE, Money.euros("30.00")),
                Transfer.capture(ORDER, Money.euros("30.00")),
                Transfer.refund(ORDER, ALICE, Money.euros("10.00")),
                Transfer.deposit(new UUID(0, 1), BOB, Money.euros("5.00"))));

        assertThat(changes).isEqualTo(Map.of(ALICE, Money.euros("-20.00"), BOB, Money.euros("5.00")));
    }

    @Test
    void aTransferNeedsAPositiveAmountAndTwoAccounts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transfer.deposit(new UUID(0, 1), ALICE, Money.euros("0.00")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Transfer(
                        new UUID(0, 1),
                        Transfer.Kind.CAPTURE,
                        LedgerAccount.HELD,
                        LedgerAccount.HELD,
                        Money.euros("1.00")));
    }

    @Test
    void aCustomerIdCannotCollideWithAnInternalAccount() {
        assertThat(LedgerAccount.of(new CustomerId("clearing"))).isNotEqualTo(LedgerAccount.CLEARING);
        assertThat(LedgerAccount.of(new CustomerId("customer:alice")).customerId())
                .contains(new CustomerId("customer:alice"));
    }
}
