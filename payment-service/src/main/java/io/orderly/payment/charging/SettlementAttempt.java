package io.orderly.payment.charging;

import io.orderly.contracts.OrderId;
import io.orderly.kit.messaging.TraceParent;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to settle an open payment with the provider, with the payment's data at the time of the claim.
 *
 * @param state an open state
 * @param charge null if the refund arrived before its charge
 * @param number how often the payment was claimed in this state, counted from 1
 * @param traceParent the trace that the calls belong to; null if it is unknown
 */
record SettlementAttempt(
        OrderId orderId,
        PaymentState state,
        @Nullable Charge charge,
        int number,
        @Nullable TraceParent traceParent) {

    /** @param payment claimed in the current transaction */
    static SettlementAttempt of(Payment payment, @Nullable TraceParent traceParent) {
        return new SettlementAttempt(
                payment.orderId(), payment.state(), payment.charge(), payment.attempts(), traceParent);
    }

    String paymentId() {
        return Payment.idOf(orderId);
    }

    /** Whether an earlier attempt may have reached the provider, so that its outcome has to be looked up first. */
    boolean mayHaveReachedProvider() {
        return number > 1;
    }

    /**
     * Calls the provider once.
     *
     * @param lookUpFirst if the outcome of an earlier request is unknown
     */
    ProviderAnswer execute(PaymentProvider provider, boolean lookUpFirst) {
        Optional<ProviderAnswer> known = lookUpFirst ? provider.find(orderId) : Optional.empty();
        return known.filter(state::isSettledBy).orElseGet(() -> call(provider));
    }

    private ProviderAnswer call(PaymentProvider provider) {
        return switch (state) {
            case INTENDED -> provider.charge(orderId, Objects.requireNonNull(charge));
            case VOIDING, REFUNDING -> provider.reverse(orderId);
            case CHARGED, DECLINED, VOIDED, REFUNDED -> throw new IllegalStateException("already settled: " + this);
        };
    }
}
