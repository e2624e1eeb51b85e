package io.orderly.order;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * Which orders to list.
 *
 * @param customer null for those of all customers
 * @param status null for those of any status
 * @param olderThan null to begin with the newest
 */
public record OrderFilter(
        @Nullable CustomerId customer,
        @Nullable OrderStatus status,
        @Nullable OrderId olderThan) {}
