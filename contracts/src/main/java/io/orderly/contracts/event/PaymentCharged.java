package io.orderly.contracts.event;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/** The customer's account was charged. */
public record PaymentCharged(OrderId orderId, String paymentId, Money amount) implements OrderEvent {

    public PaymentCharged {
        Require.present(orderId, "orderId");
        Require.identifier(paymentId, "paymentId");
        Require.positive(amount, "amount");
    }
}
