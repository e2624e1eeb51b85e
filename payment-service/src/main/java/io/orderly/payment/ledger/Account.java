package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer's account. Its balance is changed by the {@link Ledger} only, which holds the row lock, so there is no version. That
 * it never goes below zero is a constraint of the table.
 */
@Entity
@Table(name = "accounts")
public class Account {

    @Id
    private String customerId;

    private BigDecimal balance;

    @Column(updatable = false)
    private String currency;

    @Column(insertable = false, updatable = false)
    private @Nullable Instant openedAt;

    protected Account() {}

    public Account(CustomerId customerId, Money balance) {
        this.customerId = customerId.value();
        this.balance = balance.amount();
        this.currency = balance.currency();
    }

    public CustomerId customerId() {
        return new CustomerId(customerId);
    }

    /** What the customer can spend: what is held for charges under way is gone from it. */
    public Money balance() {
        return new Money(balance, currency);
    }

    /** Null until it is stored. */
    public @Nullable Instant openedAt() {
        return openedAt;
    }

    /** Whether the account is kept in this currency; amounts are not exchanged. */
    public boolean keeps(String currency) {
        return this.currency.equals(currency);
    }

    /** @throws IllegalArgumentException if the account is kept in another currency */
    public boolean covers(Money amount) {
        return !balance().isLessThan(amount);
    }

    /**
     * @param change negative if it takes away
     * @throws IllegalArgumentException if the account is kept in another currency
     */
    void add(Money change) {
        balance = balance().plus(change).amount();
    }
}
