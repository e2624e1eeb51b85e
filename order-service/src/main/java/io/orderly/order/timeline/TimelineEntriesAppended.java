package io.orderly.order.timeline;

import io.orderly.contracts.OrderId;
import java.util.Set;

/** Published within the transaction that added to the timelines of these orders. */
public record TimelineEntriesAppended(Set<OrderId> orders) {}
