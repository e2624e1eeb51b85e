package io.orderly.payment.charging;

import io.orderly.kit.messaging.TraceParent;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open payment that someone has set out to settle with the provider.
 *
 * @param attempt how often someone has set out for it in this state, counting from 1
 * @param traceParent the trace that the calls belong to; null if it is not known any more
 */
record Errand(Payment payment, int attempt, @Nullable TraceParent traceParent) {

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
        Optional<ProviderAnswer> known = lookUpFirst ? provider.find(payment.orderId()) : Optional.empty();
        return known.filter(this::isSettledBy).orElseGet(() -> ask(provider));
    }

    private boolean isSettledBy(ProviderAnswer answer) {
        return !payment.answered(answer).payment().state().isOpen();
    }

    private ProviderAnswer ask(PaymentProvider provider) {
        return switch (payment.state()) {
            case INTENDED -> provider.charge(payment.orderId(), Objects.requireNonNull(payment.charge()));
            case VOIDING, REFUNDING -> provider.reverse(payment.orderId());
            case CHARGED, DECLINED, VOIDED, REFUNDED ->
                throw new IllegalStateException("nothing to ask the provider about " + payment);
        };
    }
}
