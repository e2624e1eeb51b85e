/** The shipping-service: parcels for orders, in the finite capacity of each day. */
@NullMarked
package io.orderly.shipping;

import org.jspecify.annotations.NullMarked;
