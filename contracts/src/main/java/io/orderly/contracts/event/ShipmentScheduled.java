package io.orderly.contracts.event;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import java.time.LocalDate;

/** Its parcel has a slot; from here on the order will be confirmed. */
public record ShipmentScheduled(OrderId orderId, String shipmentId, LocalDate shipsOn) implements OrderEvent {

    public ShipmentScheduled {
        Require.present(orderId, "orderId");
        Require.identifier(shipmentId, "shipmentId");
        Require.day(shipsOn, "shipsOn");
    }
}
