package io.orderly.provider.http;

import io.orderly.provider.book.Payment;
import io.orderly.provider.book.Request;
import io.orderly.provider.book.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON representation of a payment. Account, amount, currency and reference are absent for a tombstone, the reason
 * for all statuses but {@code DECLINED}.
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
        var request = Optional.ofNullable(payment.request());
        return new PaymentBody(
                payment.key(),
                payment.id(),
                payment.status(),
                payment.reason(),
                request.map(Request::account).orElse(null),
                request.map(it -> it.money().amount()).orElse(null),
                request.map(it -> it.money().currency().getCurrencyCode()).orElse(null),
                request.map(Request::reference).orElse(null),
                payment.sequence(),
                payment.createdAt(),
                payment.changedAt());
    }
}
