package io.orderly.lab.load;

import io.orderly.contracts.OrderId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the order-service answered.
 *
 * @param orderId the order that a 201 or 202 names; null otherwise
 * @param outcome what the order has come to already; null if that is yet to be heard, or nothing was accepted
 * @param retryAfter for how long it asks the client to stay away; zero if it does not ask
 */
public record OrderResponse(
        int status, @Nullable OrderId orderId, @Nullable OrderOutcome outcome, Duration retryAfter) {

    /** An answer that does not ask the client to stay away. */
    public OrderResponse(int status, @Nullable OrderId orderId, @Nullable OrderOutcome outcome) {
        this(status, orderId, outcome, Duration.ZERO);
    }

    /** An answer that tells no end. */
    public OrderResponse(int status, @Nullable OrderId orderId) {
        this(status, orderId, null);
    }

    /** Whether the same request may be answered otherwise in a moment. */
    public boolean mayChange() {
        return status == 409 || status == 429 || status >= 500;
    }
}
