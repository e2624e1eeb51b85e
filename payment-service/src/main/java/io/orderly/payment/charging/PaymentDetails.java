package io.orderly.payment.charging;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it is shown to clients.
 *
 * @param charge null if the refund arrived before its charge
 * @param decline null unless the state is {@code DECLINED}
 * @param attempts the number of attempts in the current open state, or in the last one if the payment is settled
 * @param settledAt null while the payment is open
 */
public record PaymentDetails(
        OrderId orderId,
        PaymentState state,
        @Nullable Charge charge,
        @Nullable Decline decline,
        int attempts,
        Instant createdAt,
        @Nullable Instant settledAt) {

    /** An open payment, from its columns; customer, amount and currency are null together. */
    PaymentDetails(
            UUID orderId,
            PaymentState state,
            @Nullable String customerId,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            int attempts,
            Instant createdAt) {
        this(
                new OrderId(orderId),
                state,
                customerId == null || amount == null || currency == null
                        ? null
                        : new Charge(new CustomerId(customerId), new Money(amount, currency)),
                null,
                attempts,
                createdAt,
                null);
    }

    static PaymentDetails of(Payment payment) {
        return new PaymentDetails(
                payment.orderId(),
                payment.state(),
                payment.charge(),
                payment.decline(),
                payment.attempts(),
                Objects.requireNonNull(payment.createdAt()),
                payment.settledAt());
    }

    /** @see Payment#id() */
    public String paymentId() {
        return Payment.idOf(orderId);
    }
}
