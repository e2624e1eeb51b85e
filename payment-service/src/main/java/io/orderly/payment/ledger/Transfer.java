package io.orderly.payment.ledger;

import static io.orderly.payment.ledger.LedgerAccount.CLEARING;
import static io.orderly.payment.ledger.LedgerAccount.FUNDING;
import static io.orderly.payment.ledger.LedgerAccount.HELD;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Moves an amount from one account to another. Transfers are added to the ledger and never changed. */
@Entity
@Immutable
@Table(name = "transfers")
@IdClass(Transfer.Key.class)
public class Transfer {

    @Id
    private UUID reference;

    @Id
    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String debitAccount;

    private String creditAccount;

    private BigDecimal amount;

    private String currency;

    /** Why money moves. */
    public enum Kind {
        OPENING,
        DEPOSIT,
        HOLD,
        CAPTURE,
        RELEASE,
        REFUND
    }

    /** Names a transfer, so that none is posted twice. */
    record Key(UUID reference, Kind kind) {}

    protected Transfer() {}

    /**
     * @param reference what it is for: the order, or the deposit
     * @param debit the account that the amount leaves
     * @param credit the account that it goes to
     * @throws IllegalArgumentException if the amount is not above zero, or the two accounts are the same
     */
    Transfer(UUID reference, Kind kind, LedgerAccount debit, LedgerAccount credit, Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("a transfer moves an amount above zero, not " + amount);
        }
        if (debit.equals(credit)) {
            throw new IllegalArgumentException("a transfer moves money between two accounts, not within " + debit);
        }
        this.reference = reference;
        this.kind = kind;
        this.debitAccount = debit.name();
        this.creditAccount = credit.name();
        this.amount = amount.amount();
        this.currency = amount.currency();
    }

    /** The customer pays in. */
    public static Transfer deposit(UUID reference, CustomerId customerId, Money amount) {
        return new Transfer(reference, Kind.DEPOSIT, FUNDING, LedgerAccount.of(customerId), amount);
    }

    /** Sets the amount of a charge aside. */
    public static Transfer hold(OrderId orderId, CustomerId customerId, Money amount) {
        return new Transfer(orderId.value(), Kind.HOLD, LedgerAccount.of(customerId), HELD, amount);
    }

    /** The provider took what was held. */
    public static Transfer capture(OrderId orderId, Money amount) {
        return new Transfer(orderId.value(), Kind.CAPTURE, HELD, CLEARING, amount);
    }

    /** The provider took nothing: what was held goes back. */
    public static Transfer release(OrderId orderId, CustomerId customerId, Money amount) {
        return new Transfer(orderId.value(), Kind.RELEASE, HELD, LedgerAccount.of(customerId), amount);
    }

    /** The provider gave back what it had taken. */
    public static Transfer refund(OrderId orderId, CustomerId customerId, Money amount) {
        return new Transfer(orderId.value(), Kind.REFUND, CLEARING, LedgerAccount.of(customerId), amount);
    }

    /** What the opening of the customer's account is posted under: the same each time, so that none is opened twice. */
    static UUID openingReference(CustomerId customerId) {
        return UUID.nameUUIDFromBytes(("opening of " + customerId).getBytes(StandardCharsets.UTF_8));
    }

    public UUID reference() {
        return reference;
    }

    public Kind kind() {
        return kind;
    }

    public LedgerAccount debit() {
        return new LedgerAccount(debitAccount);
    }

    public LedgerAccount credit() {
        return new LedgerAccount(creditAccount);
    }

    /** Above zero. */
    public Money amount() {
        return new Money(amount, currency);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Transfer that
                && reference.equals(that.reference)
                && kind == that.kind
                && debitAccount.equals(that.debitAccount)
                && creditAccount.equals(that.creditAccount)
                && amount().equals(that.amount());
    }

    @Override
    public int hashCode() {
        return Objects.hash(reference, kind);
    }

    @Override
    public String toString() {
        return kind + " of " + amount() + " from " + debitAccount + " to " + creditAccount + " for " + reference;
    }
}
