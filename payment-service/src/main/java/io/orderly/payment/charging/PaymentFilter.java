package io.orderly.payment.charging;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * Selects payments of a list.
 *
 * @param customer null for all customers
 * @param state null for all states
 * @param olderThan only payments of orders older than this one; null for no limit
 */
public record PaymentFilter(
        @Nullable CustomerId customer,
        @Nullable PaymentState state,
        @Nullable OrderId olderThan) {}
