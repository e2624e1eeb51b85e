package io.orderly.stack.order;

/**
 * A completed order.
 *
 * @param status the final status, as named by the order-service
 * @param timeline the human-readable timeline
 */
public record PlacedOrder(String status, String timeline) {}
