package io.orderly.console.order;

import java.util.Set;

/**
 * What the messages of an order say that cannot contradict each other, in whatever order they were read.
 *
 * @param ends the final statuses of its events; at most one
 * @param paymentIds of all captured charges; at most one
 * @param shipmentIds of all booked shipments; at most one
 * @param committing whether the order-service has commanded to commit the reservation, after which the saga only goes forward
 * @param committed whether the reservation was committed
 * @param compensating whether the order-service has commanded a compensation
 */
public record OrderFacts(
        String id,
        Set<OrderStatus> ends,
        Set<String> paymentIds,
        Set<String> shipmentIds,
        boolean committing,
        boolean committed,
        boolean compensating) {}
