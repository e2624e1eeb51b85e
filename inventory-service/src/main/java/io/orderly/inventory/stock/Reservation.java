package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import java.util.Map;

/**
 * The units set aside for one order.
 *
 * @param quantities units per product, each at least 1
 */
public record Reservation(OrderId orderId, Map<Sku, Long> quantities, State state) {

    public enum State {
        RESERVED,
        SHIPPED,
        RELEASED
    }

    public Reservation {
        quantities = Map.copyOf(quantities);
    }

    Reservation in(State next) {
        return new Reservation(orderId, quantities, next);
    }
}
