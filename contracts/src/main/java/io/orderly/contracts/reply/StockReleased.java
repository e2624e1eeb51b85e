package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** Nothing is reserved for the order any longer. */
public record StockReleased(OrderId orderId) implements StepCompleted {

    public StockReleased {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.RELEASE_INVENTORY;
    }
}
