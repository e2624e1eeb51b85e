package io.orderly.inventory.stock.web;

import io.orderly.contracts.OrderId;
import io.orderly.inventory.stock.Reservation;

/** The units of one product that were set aside for one order. */
record ProductReservation(OrderId orderId, long quantity, Reservation.State state) {

    static ProductReservation of(Reservation reservation) {
        return new ProductReservation(reservation.orderId(), reservation.quantity(), reservation.state());
    }
}
