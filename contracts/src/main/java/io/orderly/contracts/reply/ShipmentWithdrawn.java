package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** No slot is booked for the order any longer. */
public record ShipmentWithdrawn(OrderId orderId) implements StepCompleted {

    public ShipmentWithdrawn {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.CANCEL_SHIPMENT;
    }
}
