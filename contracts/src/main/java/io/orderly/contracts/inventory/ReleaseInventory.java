package io.orderly.contracts.inventory;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** Releases the reservation, if there is one; a ReserveInventory that arrives later is refused. */
public record ReleaseInventory(OrderId orderId) implements InventoryCommand {

    public ReleaseInventory {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.RELEASE_INVENTORY;
    }
}
