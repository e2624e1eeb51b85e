/**
 * Books slots for parcels.
 *
 * <p>A region, which is a country, has so many slots a day. A parcel takes one on the earliest day with room, from tomorrow
 * up to the booking horizon; cancelling gives it back. {@link io.orderly.shipping.dispatch.DispatchPlan} decides in memory
 * about what a transaction has locked, {@link io.orderly.shipping.dispatch.ShipmentHandler} surrounds it with one read and
 * one write per batch.
 */
@NullMarked
package io.orderly.shipping.dispatch;

import org.jspecify.annotations.NullMarked;
