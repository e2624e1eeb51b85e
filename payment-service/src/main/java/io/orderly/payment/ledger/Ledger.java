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

/** The ledger. All transfers are posted through it. */
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
     * Posts transfers and updates the balances of the customers involved, at the commit of the current transaction. The
     * commit fails with a {@link org.springframework.dao.DataIntegrityViolationException} if a balance would become
     * negative or a transfer was posted before.
     *
     * @throws IllegalStateException if a customer has no account
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void post(List<Transfer> transfers) {
        var changes = changes(transfers);
        if (changes.size() > 1) {
            // one query that locks in one order, so that transactions do not deadlock
            accounts.lockKnown(changes.keySet());
        }
        changes.forEach(this::change);
        // persist, because save would select each row first
        transfers.forEach(entities::persist);
    }

    /** An account that the transaction has already locked is not queried again. */
    private void change(CustomerId customer, Money change) {
        var account = entities.find(Account.class, customer.value(), LockModeType.PESSIMISTIC_WRITE);
        if (account == null) {
            throw new IllegalStateException("a transfer refers to a customer without an account, " + customer);
        }
        account.add(change);
    }

    /** The sum of these transfers for each customer's balance. */
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
     * The customer's entries, latest first.
     *
     * @param before only entries with a lower sequence
     */
    public List<LedgerEntry> entries(CustomerId customerId, long before, int limit) {
        return entries.latest(LedgerAccount.of(customerId).name(), before, Limit.of(limit));
    }
}
