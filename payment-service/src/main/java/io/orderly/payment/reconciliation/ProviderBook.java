package io.orderly.payment.reconciliation;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider's own record of what it did. Both methods throw
 * {@link io.orderly.payment.charging.ProviderUnavailableException} if it cannot be read now.
 */
public interface ProviderBook {

    /**
     * The next entries. One that changes while someone pages through the book is met again at the end, never missed.
     *
     * @param after 0, or the {@code next} of the page before
     */
    Page page(long after, int limit);

    Optional<Entry> entry(OrderId orderId);

    /** @param more whether there are entries after these */
    record Page(List<Entry> entries, long next, boolean more) {}

    /**
     * @param key the idempotency key of the payment
     * @param open whether the provider holds an amount that it is yet to take or to give up
     * @param taken what the provider has taken and not given back; null if nothing
     */
    record Entry(String key, boolean open, @Nullable Money taken) {}
}
