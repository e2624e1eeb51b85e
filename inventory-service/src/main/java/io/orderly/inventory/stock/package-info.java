/**
 * How many units there are of each product, and for which orders they are set aside.
 *
 * <p>A unit is on hand, reserved for an order, or shipped; it moves between these and is never lost. An order's reservation
 * takes all of its lines or none. {@link io.orderly.inventory.stock.StockItem} and
 * {@link io.orderly.inventory.stock.Reservation} keep these rules, {@link io.orderly.inventory.stock.ReservationHandler} applies a
 * batch of commands to them.
 */
@NullMarked
package io.orderly.inventory.stock;

import org.jspecify.annotations.NullMarked;
