package io.orderly.payment.ledger.web;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.payment.ledger.AccountDetails;
import java.time.Instant;
import java.util.Objects;

/**
 * An account.
 *
 * @param openingBalance the balance with which the account was opened, without a deposit
 */
record AccountView(CustomerId customerId, Money balance, Money openingBalance, Instant openedAt) {

    static final String OPENING_DESCRIPTION =
            "An account is opened by the customer's first order or deposit, for any valid customer id. Its opening balance is "
                    + "1,000,000.00 EUR, which is not a deposit, unless the service is configured otherwise "
                    + "(`orderly.payment.opening-balance`, and `orderly.payment.opening-balances` for single customers; "
                    + "by default the balance of `broke` is 0). It is shown as `openingBalance`.";

    static AccountView of(AccountDetails details) {
        var account = details.account();
        return new AccountView(
                account.customerId(),
                account.balance(),
                details.openingBalance(),
                Objects.requireNonNull(account.openedAt()));
    }
}
