/**
 * The payment-service: customers' accounts, charges and refunds of orders, and the double-entry ledger.
 *
 * <p>{@code charging} decides on commands and settles payments, {@code ledger} has the accounts and transfers, {@code
 * provider} calls the payment provider, {@code reconciliation} compares the provider's book with the ledger.
 */
@NullMarked
package io.orderly.payment;

import org.jspecify.annotations.NullMarked;
