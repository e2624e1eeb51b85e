package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.payment.charging.Charge;
import io.orderly.payment.charging.PaymentDetails;
import io.orderly.payment.charging.PaymentLists;
import java.util.Objects;
import java.util.Optional;

/** The replies to charges and refunds, derived from the payment. */
final class PaymentReplies implements StepReplyLookup {

    private final PaymentLists payments;

    PaymentReplies(PaymentLists payments) {
        this.payments = payments;
    }

    @Override
    public Optional<StepReply> find(OrderId order, SagaStep step) {
        return payments.find(order)
                .filter(payment -> !payment.state().isOpen())
                .flatMap(payment -> step.isCompensation() ? ofRefund(payment) : Optional.of(ofCharge(payment)));
    }

    /** @return empty while the payment is charged, because its refund is then still pending */
    private static Optional<StepReply> ofRefund(PaymentDetails payment) {
        OrderId order = payment.orderId();
        Charge charge = payment.charge();
        return switch (payment.state()) {
            case DECLINED, VOIDED -> Optional.of(new ChargeReversed(order, null));
            case REFUNDED -> Optional.of(new ChargeReversed(order, charge == null ? null : charge.amount()));
            case CHARGED -> Optional.empty();
            case INTENDED, VOIDING, REFUNDING -> throw new IllegalStateException("payment is still open: " + payment);
        };
    }

    private static StepReply ofCharge(PaymentDetails payment) {
        OrderId order = payment.orderId();
        return switch (payment.state()) {
            case CHARGED ->
                new ChargeCaptured(
                        order,
                        payment.paymentId(),
                        Objects.requireNonNull(payment.charge()).amount());
            case DECLINED -> {
                var decline = Objects.requireNonNull(payment.decline());
                yield new StepDeclined(
                        order, SagaStep.CHARGE_PAYMENT, decline.reason().name(), decline.detail());
            }
            case VOIDED, REFUNDED ->
                new StepRefused(order, SagaStep.CHARGE_PAYMENT, "ALREADY_COMPENSATED", "The charge was reversed");
            case INTENDED, VOIDING, REFUNDING -> throw new IllegalStateException("payment is still open: " + payment);
        };
    }
}
