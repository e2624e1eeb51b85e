package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Every movement of money, and the only way to make one. */
@Component
public class Ledger {

    private final EntityManager entities;
    private final Accounts accounts;
    private final LedgerEntries entries;

    Ledger(EntityManager entities, Accounts accounts, LedgerEntries entries) {
        this.entities = entities;
        this.accounts = accounts;
        this.entries = entries;
    }

    /**
     * Posts transfers and changes the balances of the customers in them, at the commit of the current transaction. It fails
     * with a {@link org.springframework.dao.DataIntegrityViolationException} if a balance would go below zero, or a transfer
     * was posted before.
     *
     * @throws IllegalStateException if a customer has no account
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void post(List<Transfer> transfers) {
        var changes = changes(transfers);
        if (changes.size() > 1) {
            // in one query and one order, so that no two transactions wait for each other
            accounts.lockKnown(changes.keySet());
        }
        changes.forEach(this::change);
        // persisted and not saved, which would select each
        transfers.forEach(entities::persist);
    }

    /** An account that the transaction has locked already is not asked for again. */
    private void change(CustomerId customer, Money change) {
        var account = entities.find(Account.class, customer.value(), LockModeType.PESSIMISTIC_WRITE);
        if (account == null) {
            throw new IllegalStateException("a transfer names a customer without an account, " + customer);
        }
        account.add(change);
    }

    /** What these transfers add to each customer's balance. */
    static Map<CustomerId, Money> changes(List<Transfer> transfers) {
        var changes = new LinkedHashMap<CustomerId, Money>();
        for (var transfer : transfers) {
            transfer.debit()
                    .customerId()
                    .ifPresent(customer ->
                            changes.merge(customer, transfer.amount().negated(), Money::plus));
            transfer.credit()
                    .customerId()
                    .ifPresent(customer -> changes.merge(customer, transfer.amount(), Money::plus));
        }
        return changes;
    }

    /**
     * The customer's entries, the latest first.
     *
     * @param before only entries with a lower sequence
     */
    public List<LedgerEntry> entries(CustomerId customerId, long before, int limit) {
        return entries.latest(LedgerAccount.of(customerId).name(), before, Limit.of(limit));
    }
}
