package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import java.time.LocalDate;

/** A slot is booked for the parcel; the order will be confirmed. */
public record ShipmentScheduled(OrderId orderId, String shipmentId, LocalDate shipsOn) implements OrderEvent {

    public ShipmentScheduled {
        Require.present(orderId, "orderId");
        Require.identifier(shipmentId, "shipmentId");
        Require.day(shipsOn, "shipsOn");
    }
}
