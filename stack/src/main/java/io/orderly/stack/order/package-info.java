/** A REST client of the order-service, which places and reads orders. */
@NullMarked
package io.orderly.stack.order;

import org.jspecify.annotations.NullMarked;
