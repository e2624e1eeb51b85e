package io.orderly.contracts.shipping;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** Cancels the booking of the slot, if there is one. */
public record CancelShipment(OrderId orderId) implements ShippingCommand {

    public CancelShipment {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.CANCEL_SHIPMENT;
    }
}
