package io.orderly.payment.ledger;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.stereotype.Component;

/**
 * Read access to accounts with their opening balances. An opening is found by its reference, which is derived from the
 * customer's id.
 */
@Component
public class AccountLists {

    private final Accounts accounts;
    private final Transfers transfers;

    AccountLists(Accounts accounts, Transfers transfers) {
        this.accounts = accounts;
        this.transfers = transfers;
    }

    public Optional<AccountDetails> find(CustomerId customerId) {
        return accounts.find(customerId).map(account -> opened(account, openings(List.of(account))));
    }

    /**
     * Accounts in the order of customer ids, compared by code point.
     *
     * @param after only accounts after this customer's; null for the first page
     */
    public Window<AccountDetails> list(@Nullable CustomerId after, int limit) {
        var page = accounts.findAllByOrderByCustomerId(
                after == null ? ScrollPosition.keyset() : ScrollPosition.forward(Map.of("customerId", after.value())),
                Limit.of(limit));
        var openings = openings(page.getContent());
        return page.map(account -> opened(account, openings));
    }

    private Map<UUID, Transfer> openings(Collection<Account> opened) {
        return opened.isEmpty()
                ? Map.of()
                : transfers
                        .openings(opened.stream()
                                .map(Account::customerId)
                                .map(Transfer::openingReference)
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Transfer::reference, Function.identity()));
    }

    private static AccountDetails opened(Account account, Map<UUID, Transfer> openings) {
        var opening = openings.get(Transfer.openingReference(account.customerId()));
        return new AccountDetails(
                account, opening == null ? Money.zero(account.balance().currency()) : opening.amount());
    }
}
