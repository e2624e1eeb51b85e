package io.orderly.contracts.payment;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** Charges the customer's account with the order's total. */
public record ChargePayment(OrderId orderId, CustomerId customerId, Money amount) implements PaymentCommand {

    public ChargePayment {
        Require.present(orderId, "orderId");
        Require.present(customerId, "customerId");
        Require.positive(amount, "amount");
    }

    @Override
    public SagaStep step() {
        return SagaStep.CHARGE_PAYMENT;
    }
}
