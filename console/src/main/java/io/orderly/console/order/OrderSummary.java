package io.orderly.console.order;

import org.jspecify.annotations.Nullable;

/**
 * An order in one line.
 *
 * @param customer null if no message with it was read
 * @param total with its currency; null if no message with it was read
 * @param compensating whether a compensation was sent
 * @param reason why the order was rejected, cancelled or parked; null if it was not
 * @param firstMillis the earliest time of its messages by their hybrid timestamps
 * @param lastMillis the latest time
 * @param messages how many there are, without copies
 */
public record OrderSummary(
        String id,
        OrderStatus status,
        @Nullable String customer,
        @Nullable String total,
        boolean compensating,
        @Nullable String reason,
        long firstMillis,
        long lastMillis,
        int messages) {}
