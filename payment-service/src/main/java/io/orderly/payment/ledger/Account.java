package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import java.time.Instant;

/**
 * A customer's account.
 *
 * @param balance what the customer can spend: what is held for charges under way is gone from it; never negative
 */
public record Account(CustomerId customerId, Money balance, Instant openedAt) {

    /** Whether the account is kept in this currency; amounts are not exchanged. */
    public boolean keeps(String currency) {
        return balance.currency().equals(currency);
    }

    /** @throws IllegalArgumentException if the account is kept in another currency */
    public boolean covers(Money amount) {
        return !balance.isLessThan(amount);
    }

    /** The account after that much left it. */
    public Account without(Money amount) {
        return new Account(customerId, balance.plus(amount.negated()), openedAt);
    }
}
