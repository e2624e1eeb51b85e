package io.orderly.contracts.inventory;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** Marks the reserved units as shipped, after the shipment is scheduled. */
public record CommitReservation(OrderId orderId) implements InventoryCommand {

    public CommitReservation {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.COMMIT_RESERVATION;
    }
}
