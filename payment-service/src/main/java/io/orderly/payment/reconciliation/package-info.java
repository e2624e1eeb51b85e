/**
 * Compares the provider's book with our ledger: for every payment, what the provider says it took against what the ledger
 * says it took, in both directions. And the ledger with itself: every balance against the sum of its entries.
 */
@NullMarked
package io.orderly.payment.reconciliation;

import org.jspecify.annotations.NullMarked;
