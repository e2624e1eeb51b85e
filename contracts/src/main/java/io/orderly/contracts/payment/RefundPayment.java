package io.orderly.contracts.payment;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** Refunds the charge, or prevents it if it has not been made. */
public record RefundPayment(OrderId orderId) implements PaymentCommand {

    public RefundPayment {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.REFUND_PAYMENT;
    }
}
