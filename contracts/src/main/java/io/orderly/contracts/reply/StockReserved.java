package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** All lines of the order are reserved. */
public record StockReserved(OrderId orderId) implements StepCompleted {

    public StockReserved {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.RESERVE_INVENTORY;
    }
}
