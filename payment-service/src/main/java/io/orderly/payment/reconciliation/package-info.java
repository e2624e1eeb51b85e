/**
 * Compares the provider's book with the ledger, in both directions: for each payment, the amount captured at the
 * provider with the amount recorded in the ledger. Also checks the ledger itself: each balance against the sum of its
 * entries.
 */
@NullMarked
package io.orderly.payment.reconciliation;

import org.jspecify.annotations.NullMarked;
