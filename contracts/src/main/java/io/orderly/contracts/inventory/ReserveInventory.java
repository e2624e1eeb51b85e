package io.orderly.contracts.inventory;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;
import java.util.List;

/** Reserves all lines of an order, or none of them. */
public record ReserveInventory(OrderId orderId, List<OrderLine> lines) implements InventoryCommand {

    public ReserveInventory {
        Require.present(orderId, "orderId");
        lines = Require.lines(lines, "lines");
    }

    @Override
    public SagaStep step() {
        return SagaStep.RESERVE_INVENTORY;
    }
}
