package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.order.OrderStatus;
import java.time.Duration;

/**
 * Published within the transaction in which a saga ends.
 *
 * @param took from accepting the order until now
 */
record SagaEnded(OrderId order, OrderStatus outcome, Duration took) {}
