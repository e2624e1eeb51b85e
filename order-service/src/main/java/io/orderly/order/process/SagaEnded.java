package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.order.OrderStatus;
import java.time.Duration;

/**
 * An application event, published in the transaction in which a saga ends.
 *
 * @param took the time since the order was placed
 */
record SagaEnded(OrderId order, OrderStatus outcome, Duration took) {}
