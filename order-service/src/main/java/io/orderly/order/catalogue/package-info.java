/**
 * This service's own copy of the products it can sell, fed by the compacted topic of the inventory-service, so that
 * accepting an order asks nobody.
 */
@NullMarked
package io.orderly.order.catalogue;

import org.jspecify.annotations.NullMarked;
