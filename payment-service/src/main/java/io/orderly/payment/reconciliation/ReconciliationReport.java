package io.orderly.payment.reconciliation;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation found.
 *
 * @param compared how many entries of the provider's book were compared
 * @param open how many of them belong to payments under way, for which the two sides may differ
 * @param differences where the two sides differ
 * @param imbalances accounts whose balance is not the sum of its entries
 * @param complete false if there were too many differences to go on
 */
public record ReconciliationReport(
        long compared, long open, List<Difference> differences, List<Imbalance> imbalances, boolean complete) {

    /**
     * @param key of the payment at the provider
     * @param provider what it has taken; null if nothing
     * @param ledger what we have recorded as taken; null if nothing
     */
    public record Difference(
            String key, @Nullable Money provider, @Nullable Money ledger) {}

    public record Imbalance(CustomerId customerId, Money balance, Money sumOfEntries) {}
}
