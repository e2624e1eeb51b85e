package io.orderly.payment.charging;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.participant.LateReplies;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What became of a charge or a refund, as the payment shows it. */
@Component
class PaymentReplies implements LateReplies {

    private final Payments payments;

    PaymentReplies(Payments payments) {
        this.payments = payments;
    }

    @Override
    public Optional<StepReply> find(OrderId order, SagaStep step) {
        return payments.find(order)
                .map(PaymentProgress::payment)
                .filter(payment -> !payment.state().isOpen())
                .flatMap(payment -> step.isCompensation()
                        ? payment.refund().replies().stream().findFirst()
                        : Optional.of(ofCharge(payment)));
    }

    private static StepReply ofCharge(Payment payment) {
        OrderId order = payment.orderId();
        return switch (payment.state()) {
            case CHARGED ->
                new ChargeCaptured(
                        order,
                        payment.id(),
                        Objects.requireNonNull(payment.charge()).amount());
            case DECLINED -> {
                var decline = Objects.requireNonNull(payment.decline());
                yield new StepDeclined(
                        order, SagaStep.CHARGE_PAYMENT, decline.reason().name(), decline.detail());
            }
            case VOIDED, REFUNDED ->
                new StepRefused(order, SagaStep.CHARGE_PAYMENT, "ALREADY_COMPENSATED", "The charge was undone");
            case INTENDED, VOIDING, REFUNDING -> throw new IllegalStateException("still open: " + payment);
        };
    }
}
