package io.orderly.payment.reconciliation;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a reconciliation.
 *
 * @param compared the number of entries of the provider's book that were compared
 * @param open the number of these entries that belong to open payments, for which the two sides may differ
 * @param differences payments for which the two sides differ
 * @param imbalances accounts whose balance is not the sum of their entries
 * @param complete false if the run stopped because there were too many differences
 */
public record ReconciliationReport(
        long compared, long open, List<Difference> differences, List<Imbalance> imbalances, boolean complete) {

    /**
     * @param key the key of the payment at the provider
     * @param provider the amount captured at the provider; null if none
     * @param ledger the amount recorded as captured in the ledger; null if none
     */
    public record Difference(
            String key, @Nullable Money provider, @Nullable Money ledger) {}

    public record Imbalance(CustomerId customerId, Money balance, Money sumOfEntries) {}
}
