package io.orderly.contracts.event;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import org.jspecify.annotations.Nullable;

/**
 * Compensated: the order costs the customer nothing.
 *
 * @param refunded what was given back; null if nothing had been taken
 */
public record PaymentRefunded(OrderId orderId, @Nullable Money refunded) implements OrderEvent {

    public PaymentRefunded {
        Require.present(orderId, "orderId");
        if (refunded != null) {
            Require.positive(refunded, "refunded");
        }
    }
}
