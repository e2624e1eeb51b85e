package io.orderly.shipping.dispatch;

import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The parcel of an order.
 *
 * @param shipsOn the day of its slot
 */
public record Shipment(OrderId orderId, UUID shipmentId, Address address, LocalDate shipsOn, State state) {

    public enum State {
        SCHEDULED,
        CANCELLED
    }

    Shipment cancelled() {
        return new Shipment(orderId, shipmentId, address, shipsOn, State.CANCELLED);
    }

    CapacityDay.Key slot() {
        return new CapacityDay.Key(address.country(), shipsOn);
    }
}
