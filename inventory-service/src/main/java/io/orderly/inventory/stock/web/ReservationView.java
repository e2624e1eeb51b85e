package io.orderly.inventory.stock.web;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.inventory.stock.Reservation;
import java.util.List;

/**
 * The reservation of an order.
 *
 * @param lines in the order of the SKUs
 */
record ReservationView(OrderId orderId, Reservation.State state, List<Line> lines) {

    record Line(Sku sku, long quantity) {}

    /** @param reservations the reservations of one order, at least one, in the order of the SKUs */
    static ReservationView of(List<Reservation> reservations) {
        Reservation any = reservations.getFirst();
        return new ReservationView(
                any.orderId(),
                any.state(),
                reservations.stream()
                        .map(each -> new Line(each.sku(), each.quantity()))
                        .toList());
    }
}
