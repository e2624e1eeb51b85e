package io.orderly.inventory.stock.web;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.inventory.stock.Reservation;
import java.util.Comparator;
import java.util.List;

/**
 * What was set aside for an order.
 *
 * @param lines in the order of the SKUs
 */
record ReservationView(OrderId orderId, Reservation.State state, List<Line> lines) {

    record Line(Sku sku, long quantity) {}

    static ReservationView of(Reservation reservation) {
        return new ReservationView(
                reservation.orderId(),
                reservation.state(),
                reservation.quantities().entrySet().stream()
                        .map(entry -> new Line(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparing(line -> line.sku().value()))
                        .toList());
    }
}
