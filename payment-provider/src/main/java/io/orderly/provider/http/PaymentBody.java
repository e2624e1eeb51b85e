package io.orderly.provider.http;

import io.orderly.provider.book.Payment;
import io.orderly.provider.book.Request;
import io.orderly.provider.book.Status;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment as clients see it. Account, amount, currency and reference are missing from a tombstone, the reason from
 * all but a decline.
 */
record PaymentBody(
        String key,
        String id,
        Status status,
        @Nullable String reason,
        @Nullable String account,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable String reference,
        long sequence,
        Instant createdAt,
        Instant changedAt) {

    static PaymentBody of(Payment payment) {
        return payment.request() instanceof Request request
                ? of(
                        payment,
                        request.account(),
                        request.money().amount(),
                        request.money().currency().getCurrencyCode(),
                        request.reference())
                : of(payment, null, null, null, null);
    }

    private static PaymentBody of(
            Payment payment,
            @Nullable String account,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String reference) {
        return new PaymentBody(
                payment.key(),
                payment.id(),
                payment.status(),
                payment.reason(),
                account,
                amount,
                currency,
                reference,
                payment.sequence(),
                payment.createdAt(),
                payment.changedAt());
    }
}
