package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;
import java.time.LocalDate;

/** A slot is booked for the parcel. */
public record ShipmentBooked(OrderId orderId, String shipmentId, LocalDate shipsOn) implements StepCompleted {

    public ShipmentBooked {
        Require.present(orderId, "orderId");
        Require.identifier(shipmentId, "shipmentId");
        Require.day(shipsOn, "shipsOn");
    }

    @Override
    public SagaStep step() {
        return SagaStep.SCHEDULE_SHIPMENT;
    }
}
