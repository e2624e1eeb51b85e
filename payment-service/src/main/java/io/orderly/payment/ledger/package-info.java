/**
 * The double-entry ledger, and the balances derived from it.
 *
 * <p>The ledger is a table of transfers, each from one account to another, so the two entries of a transfer sum to zero
 * by construction and need one row only. The entries are a view of the table. Balances are changed only by {@link
 * io.orderly.payment.ledger.Ledger#post}, and the database rejects a negative balance.
 */
@NullMarked
package io.orderly.payment.ledger;

import org.jspecify.annotations.NullMarked;
