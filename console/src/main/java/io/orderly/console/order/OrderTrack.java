package io.orderly.console.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an order came to its state.
 *
 * @param customer null if no message with it was read
 * @param total with its currency; null if no message with it was read
 * @param changes one for each message, by hybrid time
 */
public record OrderTrack(
        String id, @Nullable String customer, @Nullable String total, List<Change> changes) {

    /**
     * A message, and the order after it.
     *
     * @param atMillis the hybrid time of the message
     * @param type its short name
     * @param flow from which service to which it went, as {@code ORDER>PAYMENT}
     * @param compensating whether a compensation was sent
     * @param reason why the order was rejected, cancelled or parked; null if it was not
     */
    public record Change(
            long atMillis,
            String type,
            String flow,
            OrderStatus status,
            boolean compensating,
            @Nullable String reason) {}
}
