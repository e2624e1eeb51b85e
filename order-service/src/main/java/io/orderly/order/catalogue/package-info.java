/**
 * The local copy of the product catalogue, updated from the compacted topic of the inventory-service, so that placing an order
 * needs no call to another service.
 */
@NullMarked
package io.orderly.order.catalogue;

import org.jspecify.annotations.NullMarked;
