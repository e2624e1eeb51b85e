/**
 * Books slots for shipments.
 *
 * <p>A region, which is a country, has a number of slots per day. A shipment takes a slot of the earliest day with a
 * free one, from tomorrow to the booking horizon; cancelling releases it. {@link
 * io.orderly.shipping.dispatch.CapacityDay} and {@link io.orderly.shipping.dispatch.Shipment} enforce these rules,
 * {@link io.orderly.shipping.dispatch.ShipmentHandler} applies a batch of commands to them.
 */
@NullMarked
package io.orderly.shipping.dispatch;

import org.jspecify.annotations.NullMarked;
