package io.orderly.payment.ledger;

import static io.orderly.payment.ledger.LedgerAccount.CLEARING;
import static io.orderly.payment.ledger.LedgerAccount.FUNDING;
import static io.orderly.payment.ledger.LedgerAccount.HELD;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import java.util.UUID;

/**
 * Moves an amount from one account to another.
 *
 * @param reference what it is for: the order, or the deposit; with the kind it names the transfer, so that none is posted
 *     twice
 * @param debit the account that the amount leaves
 * @param credit the account that it goes to
 * @param amount above zero
 */
public record Transfer(UUID reference, Kind kind, LedgerAccount debit, LedgerAccount credit, Money amount) {

    /** Why money moves. */
    public enum Kind {
        OPENING,
        DEPOSIT,
        HOLD,
        CAPTURE,
        RELEASE,
        REFUND
    }

    public Transfer {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("a transfer moves an amount above zero, not " + amount);
        }
        if (debit.equals(credit)) {
            throw new IllegalArgumentException("a transfer moves money between two accounts, not within " + debit);
        }
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
}
