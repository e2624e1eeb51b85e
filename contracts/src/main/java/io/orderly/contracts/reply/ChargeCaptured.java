package io.orderly.contracts.reply;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** The account was charged. */
public record ChargeCaptured(OrderId orderId, String paymentId, Money amount) implements StepCompleted {

    public ChargeCaptured {
        Require.present(orderId, "orderId");
        Require.identifier(paymentId, "paymentId");
        Require.positive(amount, "amount");
    }

    @Override
    public SagaStep step() {
        return SagaStep.CHARGE_PAYMENT;
    }
}
