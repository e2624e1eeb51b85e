package io.orderly.inventory.stock.web;

import io.orderly.contracts.OrderId;
import io.orderly.inventory.stock.Reservation;

/** The units of a product that were reserved for an order. */
record ProductReservation(OrderId orderId, long quantity, Reservation.State state) {

    static ProductReservation of(Reservation reservation) {
        return new ProductReservation(reservation.orderId(), reservation.quantity(), reservation.state());
    }
}
