package io.orderly.lab.load;

import io.orderly.contracts.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * What the order-service answered.
 *
 * @param orderId the order that a 202 names; null otherwise
 */
public record Answer(int status, @Nullable OrderId orderId) {

    /** Whether the same request may be answered otherwise in a moment. */
    public boolean mayChange() {
        return status == 409 || status == 429 || status >= 500;
    }
}
