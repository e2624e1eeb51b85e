/**
 * Payments: customers' accounts, charges and refunds per order, and the double-entry ledger behind them.
 *
 * <p>{@code charging} decides and settles, {@code ledger} keeps the money, {@code provider} speaks to the outside world,
 * {@code reconciliation} compares its book with ours.
 */
@NullMarked
package io.orderly.payment;

import org.jspecify.annotations.NullMarked;
