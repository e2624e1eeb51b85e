package io.orderly.order;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * Selects the orders of a list.
 *
 * @param customer null for the orders of all customers
 * @param status null for orders in any status
 * @param olderThan null to begin with the newest order
 */
public record OrderFilter(
        @Nullable CustomerId customer,
        @Nullable OrderStatus status,
        @Nullable OrderId olderThan) {}
