package io.orderly.payment.ledger;

import io.orderly.contracts.Money;

/**
 * An account and how it began.
 *
 * @param openingBalance what the house put on it when the customer was seen for the first time; zero if nothing
 */
public record AccountDetails(Account account, Money openingBalance) {}
