/** The order-service: accepts orders and runs the saga of each until it is confirmed, rejected, cancelled or parked. */
@NullMarked
package io.orderly.order;

import org.jspecify.annotations.NullMarked;
