/**
 * Books slots for parcels.
 *
 * <p>A region, which is a country, has so many slots a day. A parcel takes one on the earliest day with room, from tomorrow
 * up to the booking horizon; cancelling gives it back. {@link io.orderly.shipping.dispatch.CapacityDay} and
 * {@link io.orderly.shipping.dispatch.Shipment} keep these rules, {@link io.orderly.shipping.dispatch.ShipmentHandler}
 * applies a batch of commands to them.
 */
@NullMarked
package io.orderly.shipping.dispatch;

import org.jspecify.annotations.NullMarked;
