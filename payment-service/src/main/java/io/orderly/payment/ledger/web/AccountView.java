package io.orderly.payment.ledger.web;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.payment.ledger.AccountDetails;
import java.time.Instant;
import java.util.Objects;

/**
 * An account.
 *
 * @param openingBalance what it was opened with; it was never paid in
 */
record AccountView(CustomerId customerId, Money balance, Money openingBalance, Instant openedAt) {

    static final String HOW_ACCOUNTS_OPEN =
            "An account is opened when its customer is seen for the first time, by an order or a deposit, whatever the name: "
                    + "with 1,000,000.00 EUR that were never paid in, unless the service is configured otherwise "
                    + "(`orderly.payment.opening-balance`, and `orderly.payment.opening-balances` for single customers; "
                    + "by default `broke` starts with nothing). `openingBalance` says what it was.";

    static AccountView of(AccountDetails opened) {
        var account = opened.account();
        return new AccountView(
                account.customerId(),
                account.balance(),
                opened.openingBalance(),
                Objects.requireNonNull(account.openedAt()));
    }
}
