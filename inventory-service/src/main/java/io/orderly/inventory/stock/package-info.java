/**
 * The stock of each product, and the reservations of orders.
 *
 * <p>A unit is on hand, reserved for an order, or shipped; a change of state preserves the total. An order reserves all of its
 * lines or none. {@link io.orderly.inventory.stock.StockItem} and {@link io.orderly.inventory.stock.Reservation} enforce these
 * rules; {@link io.orderly.inventory.stock.ReservationHandler} applies batches of commands to them.
 */
@NullMarked
package io.orderly.inventory.stock;

import org.jspecify.annotations.NullMarked;
