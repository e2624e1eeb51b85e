package io.orderly.stack.order;

/**
 * An order that has come to its end.
 *
 * @param status as the order-service names it
 * @param timeline what happened to it, for people
 */
public record PlacedOrder(String status, String timeline) {}
