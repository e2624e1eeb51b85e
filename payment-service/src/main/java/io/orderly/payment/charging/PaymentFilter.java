package io.orderly.payment.charging;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * Which payments to list.
 *
 * @param customer null for those of all customers
 * @param state null for those in any state
 * @param olderThan null to begin with that of the newest order
 */
public record PaymentFilter(
        @Nullable CustomerId customer,
        @Nullable PaymentState state,
        @Nullable OrderId olderThan) {}
