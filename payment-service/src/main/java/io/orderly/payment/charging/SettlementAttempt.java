package io.orderly.payment.charging;

import io.orderly.contracts.OrderId;
import io.orderly.kit.messaging.TraceParent;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open payment that was taken up to be settled with the provider, as it was then.
 *
 * @param state an open one
 * @param charge null if a refund came before its charge
 * @param attempt how often the payment was taken up in this state, counting from 1
 * @param traceParent the trace that the calls belong to; null if it is not known any more
 */
record SettlementAttempt(
        OrderId orderId,
        PaymentState state,
        @Nullable Charge charge,
        int attempt,
        @Nullable TraceParent traceParent) {

    /** @param payment taken up in this transaction */
    static SettlementAttempt of(Payment payment, @Nullable TraceParent traceParent) {
        return new SettlementAttempt(
                payment.orderId(), payment.state(), payment.charge(), payment.attempts(), traceParent);
    }

    String paymentId() {
        return Payment.idOf(orderId);
    }

    /** Whether an earlier attempt may have reached the provider, so that what became of it has to be found out first. */
    boolean mayHaveBeenAsked() {
        return attempt > 1;
    }

    /**
     * Asks the provider once.
     *
     * @param lookUpFirst if the outcome of an earlier request is unknown
     */
    ProviderAnswer run(PaymentProvider provider, boolean lookUpFirst) {
        Optional<ProviderAnswer> known = lookUpFirst ? provider.find(orderId) : Optional.empty();
        return known.filter(state::isSettledBy).orElseGet(() -> ask(provider));
    }

    private ProviderAnswer ask(PaymentProvider provider) {
        return switch (state) {
            case INTENDED -> provider.charge(orderId, Objects.requireNonNull(charge));
            case VOIDING, REFUNDING -> provider.reverse(orderId);
            case CHARGED, DECLINED, VOIDED, REFUNDED ->
                throw new IllegalStateException("nothing to ask the provider about " + this);
        };
    }
}
