package io.orderly.payment.ledger;

import io.orderly.contracts.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * One side of a transfer.
 *
 * @param id grows with time; where a page ends
 * @param amount what it adds to the account, negative if it takes away
 */
public record LedgerEntry(long id, Transfer.Kind kind, UUID reference, Money amount, Instant postedAt) {}
