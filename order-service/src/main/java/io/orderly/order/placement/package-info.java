/**
 * Accepting an order: it is priced from the service's own copy of the catalogue, and stored together with the start of its
 * saga. No other service is asked.
 */
@NullMarked
package io.orderly.order.placement;

import org.jspecify.annotations.NullMarked;
