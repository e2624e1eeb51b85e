package io.orderly.contracts.event;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import org.jspecify.annotations.Nullable;

/**
 * Compensation: the charge was refunded, or was never made.
 *
 * @param refunded the refunded amount; null if nothing was charged
 */
public record PaymentRefunded(OrderId orderId, @Nullable Money refunded) implements OrderEvent {

    public PaymentRefunded {
        Require.present(orderId, "orderId");
        if (refunded != null) {
            Require.positive(refunded, "refunded");
        }
    }
}
