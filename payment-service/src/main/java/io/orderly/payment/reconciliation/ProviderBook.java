package io.orderly.payment.reconciliation;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider's record of all payments. Both methods throw {@link
 * io.orderly.payment.charging.ProviderUnavailableException} if it cannot be read now.
 */
public interface ProviderBook {

    /**
     * The next page of entries. An entry that changes while a client pages through the book appears again at the end;
     * none is missed.
     *
     * @param after 0, or the {@code next} of the previous page
     */
    Page page(long after, int limit);

    Optional<Entry> entry(OrderId orderId);

    /** @param more whether there are entries after these */
    record Page(List<Entry> entries, long next, boolean more) {}

    /**
     * @param key the idempotency key of the payment
     * @param open whether the provider holds an amount that is not yet captured or voided
     * @param taken the amount captured and not refunded; null if none
     */
    record Entry(String key, boolean open, @Nullable Money taken) {}
}
