package io.orderly.contracts.payment;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** Undo the charge: give back what was taken, or see to it that nothing will be taken. */
public record RefundPayment(OrderId orderId) implements PaymentCommand {

    public RefundPayment {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.REFUND_PAYMENT;
    }
}
