package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** The reserved units are marked as shipped. */
public record StockCommitted(OrderId orderId) implements StepCompleted {

    public StockCommitted {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.COMMIT_RESERVATION;
    }
}
