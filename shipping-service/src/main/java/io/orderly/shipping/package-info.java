/** The shipping-service: books shipments of orders within a finite capacity per day. */
@NullMarked
package io.orderly.shipping;

import org.jspecify.annotations.NullMarked;
