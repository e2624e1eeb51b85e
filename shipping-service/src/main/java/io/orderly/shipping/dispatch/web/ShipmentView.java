package io.orderly.shipping.dispatch.web;

import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.shipping.dispatch.Shipment;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The shipment of an order.
 *
 * @param shipsOn the day of the booked slot
 */
record ShipmentView(OrderId orderId, UUID shipmentId, Address address, LocalDate shipsOn, Shipment.State state) {

    static ShipmentView of(Shipment shipment) {
        return new ShipmentView(
                shipment.orderId(), shipment.shipmentId(), shipment.address(), shipment.shipsOn(), shipment.state());
    }
}
