/**
 * Placing an order: it is priced from the local copy of the catalogue and stored in the transaction that starts its saga. No other
 * service is called.
 */
@NullMarked
package io.orderly.order.placement;

import org.jspecify.annotations.NullMarked;
