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
 * A customer's account. Only the {@link Ledger} changes its balance, under the row lock, so there is no version column.
 * A constraint of the table keeps the balance from becoming negative.
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

    /** The amount that the customer can spend; amounts held for pending charges are already subtracted. */
    public Money balance() {
        return new Money(balance, currency);
    }

    /** Null until it is stored. */
    public @Nullable Instant openedAt() {
        return openedAt;
    }

    /** Whether the account has this currency; amounts are not exchanged. */
    public boolean hasCurrency(String currency) {
        return this.currency.equals(currency);
    }

    /** @throws IllegalArgumentException if the account has another currency */
    public boolean covers(Money amount) {
        return !balance().isLessThan(amount);
    }

    /**
     * @param change negative for a debit
     * @throws IllegalArgumentException if the account has another currency
     */
    void add(Money change) {
        balance = balance().plus(change).amount();
    }
}
