package io.orderly.order.timeline;

import io.orderly.contracts.OrderId;
import java.util.Set;

/** An application event, published in the transaction that appends entries to the timelines of these orders. */
public record TimelineEntriesAppended(Set<OrderId> orders) {}
