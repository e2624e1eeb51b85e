package io.orderly.lab.load;

import io.orderly.contracts.OrderId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A response of the order-service.
 *
 * @param orderId the order that was created, for a 201 or 202; null otherwise
 * @param outcome the outcome of the order if the response contains it; null otherwise
 * @param retryAfter the duration from the header {@code Retry-After}; zero without one
 */
public record OrderResponse(
        int status, @Nullable OrderId orderId, @Nullable OrderOutcome outcome, Duration retryAfter) {

    /** A response without {@code Retry-After}. */
    public OrderResponse(int status, @Nullable OrderId orderId, @Nullable OrderOutcome outcome) {
        this(status, orderId, outcome, Duration.ZERO);
    }

    /** A response without an outcome. */
    public OrderResponse(int status, @Nullable OrderId orderId) {
        this(status, orderId, null);
    }

    /** Whether this is a transient error, after which a retry of the same request may succeed. */
    public boolean mayBeRetried() {
        return status == 409 || status == 429 || status >= 500;
    }
}
