package io.orderly.contracts.inventory;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** The shipment is scheduled: what was reserved counts as shipped. */
public record CommitReservation(OrderId orderId) implements InventoryCommand {

    public CommitReservation {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.COMMIT_RESERVATION;
    }
}
