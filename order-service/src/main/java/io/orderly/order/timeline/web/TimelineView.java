package io.orderly.order.timeline.web;

import io.orderly.contracts.OrderId;
import io.orderly.order.OrderStatus;
import java.util.List;

/**
 * The timeline of an order's saga.
 *
 * @param entries in the order of their numbers; if there are as many as the requested limit, more may follow
 */
record TimelineView(OrderId orderId, OrderStatus status, List<EntryView> entries) {}
