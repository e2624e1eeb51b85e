package io.orderly.payment.charging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment, and how it got there.
 *
 * @param attempts how often someone set out to ask the provider for what the present or last open state wants
 * @param settledAt null while it is open
 */
public record PaymentProgress(
        Payment payment,
        int attempts,
        Instant createdAt,
        @Nullable Instant settledAt) {}
