package io.orderly.inventory.stock;

import io.orderly.contracts.OrderId;

/** The units of one product that were set aside for one order. */
public record ProductReservation(OrderId orderId, long quantity, Reservation.State state) {}
