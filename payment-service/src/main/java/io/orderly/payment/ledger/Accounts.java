package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The customers' accounts. An account is opened when it is first locked. */
public interface Accounts extends Repository<Account, String>, AccountOpenings {

    Optional<Account> findById(String customerId);

    default Optional<Account> find(CustomerId customerId) {
        return findById(customerId.value());
    }

    /** Accounts in the order of customer ids, compared by code point. */
    Window<Account> findAllByOrderByCustomerId(ScrollPosition position, Limit limit);

    /**
     * The accounts of these customers, locked until the transaction ends; missing accounts are opened. Accounts that
     * the transaction has already read are not read again, so it has to lock them first.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    default Map<CustomerId, Account> lock(Collection<CustomerId> customers) {
        var accounts = new HashMap<CustomerId, Account>();
        if (customers.isEmpty()) {
            return accounts;
        }
        lockKnown(customers).forEach(each -> accounts.put(each.customerId(), each));
        var missing = customers.stream()
                .filter(each -> !accounts.containsKey(each))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            // Two transactions that open the same accounts may lock them in different orders here; PostgreSQL then
            // aborts one of them. This can happen only once per account.
            open(missing);
            lockKnown(missing).forEach(each -> accounts.put(each.customerId(), each));
        }
        return accounts;
    }

    /** The existing accounts of these customers, locked until the transaction ends. */
    default List<Account> lockKnown(Collection<CustomerId> customers) {
        return lockInOrder(customers.stream().map(CustomerId::value).toArray(String[]::new));
    }

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            "select account from Account account where any_of(:customers, account.customerId) order by account.customerId")
    List<Account> lockInOrder(String[] customers);
}
