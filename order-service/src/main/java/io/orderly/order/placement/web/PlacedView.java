package io.orderly.order.placement.web;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.order.Order;
import io.orderly.order.OrderStatus;

/** The response to an accepted order. */
public record PlacedView(OrderId id, OrderStatus status, Money total) {

    public static PlacedView of(Order order) {
        return new PlacedView(order.id(), order.status(), order.total());
    }
}
