package io.orderly.contracts.shipping;

import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/** Books a slot for the parcel. */
public record ScheduleShipment(OrderId orderId, Address address) implements ShippingCommand {

    public ScheduleShipment {
        Require.present(orderId, "orderId");
        Require.present(address, "address");
    }

    @Override
    public SagaStep step() {
        return SagaStep.SCHEDULE_SHIPMENT;
    }
}
