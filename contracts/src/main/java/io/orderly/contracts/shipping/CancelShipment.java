package io.orderly.contracts.shipping;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** Give the slot back, whether or not it was ever booked. */
public record CancelShipment(OrderId orderId) implements ShippingCommand {

    public CancelShipment {
        Require.present(orderId, "orderId");
    }

    @Override
    public SagaStep step() {
        return SagaStep.CANCEL_SHIPMENT;
    }
}
