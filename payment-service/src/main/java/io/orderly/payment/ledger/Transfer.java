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

/** A transfer of an amount from one account to another. Transfers are append-only. */
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

    /** The reason of a transfer. */
    public enum Kind {
        OPENING,
        DEPOSIT,
        HOLD,
        CAPTURE,
        RELEASE,
        REFUND
    }

    /** Identifies a transfer, so that it cannot be posted twice. */
    record Key(UUID reference, Kind kind) {}

    protected Transfer() {}

    /**
     * @param reference the id of the order or the deposit
     * @param debit the account from which the amount is transferred
     * @param credit the account to which the amount is transferred
     * @throws IllegalArgumentException if the amount is not positive, or the two accounts are the same
     */
    Transfer(UUID reference, Kind kind, LedgerAccount debit, LedgerAccount credit, Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("the amount of a transfer must be positive, was " + amount);
        }
        if (debit.equals(credit)) {
            throw new IllegalArgumentException("a transfer must have two different accounts, both were " + debit);
        }
        this.reference = reference;
        this.kind = kind;
        this.debitAccount = debit.name();
        this.creditAccount = credit.name();
        this.amount = amount.amount();
        this.currency = amount.currency();
    }

    /** A deposit of the customer. */
    public static Transfer deposit(UUID reference, CustomerId customerId, Money amount) {
        return new Transfer(reference, Kind.DEPOSIT, FUNDING, LedgerAccount.of(customerId), amount);
    }

    /** Holds the amount of a charge. */
    public static Transfer hold(OrderId orderId, CustomerId customerId, Money amount) {
        return new Transfer(orderId.value(), Kind.HOLD, LedgerAccount.of(customerId), HELD, amount);
    }

    /** The provider captured the held amount. */
    public static Transfer capture(OrderId orderId, Money amount) {
        return new Transfer(orderId.value(), Kind.CAPTURE, HELD, CLEARING, amount);
    }

    /** The provider captured nothing: the held amount is released. */
    public static Transfer release(OrderId orderId, CustomerId customerId, Money amount) {
        return new Transfer(orderId.value(), Kind.RELEASE, HELD, LedgerAccount.of(customerId), amount);
    }

    /** The provider refunded the captured amount. */
    public static Transfer refund(OrderId orderId, CustomerId customerId, Money amount) {
        return new Transfer(orderId.value(), Kind.REFUND, CLEARING, LedgerAccount.of(customerId), amount);
    }

    /**
     * The reference of the customer's opening transfer. It is deterministic, so that an account cannot be opened twice.
     */
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

    /** Always positive. */
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
