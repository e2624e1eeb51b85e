/**
 * The money: a double-entry ledger, and the balances derived from it.
 *
 * <p>The ledger is a table of transfers, each from one account to another. Two entries that sum to zero are then not a
 * rule to be checked but the only thing that can be written, at the price of one row. The entries are a view of it. Nothing
 * changes a customer's balance but {@link io.orderly.payment.ledger.Ledger#post}, and the database refuses a balance below zero.
 */
@NullMarked
package io.orderly.payment.ledger;

import org.jspecify.annotations.NullMarked;
