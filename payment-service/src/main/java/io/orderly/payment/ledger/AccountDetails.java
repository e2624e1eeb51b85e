package io.orderly.payment.ledger;

import io.orderly.contracts.Money;

/**
 * An account with its opening balance.
 *
 * @param openingBalance zero if the account was opened without one
 */
public record AccountDetails(Account account, Money openingBalance) {}
