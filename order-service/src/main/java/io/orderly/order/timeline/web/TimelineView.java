package io.orderly.order.timeline.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.OrderId;
import io.orderly.order.OrderStatus;
import io.orderly.order.process.SagaInstance;
import io.orderly.order.timeline.TimelineEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of an order's saga.
 *
 * @param entries in the requested order; if there are as many as the requested limit, more may follow
 * @param effectsBeforeCauses the number of replies that stand before the command that caused them; absent unless the entries are
 *     sorted by a time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TimelineView(
        OrderId orderId, OrderStatus status, @Nullable Integer effectsBeforeCauses, List<EntryView> entries) {

    static TimelineView of(SagaInstance saga, EntryOrder order, List<TimelineEntry> recorded) {
        List<TimelineEntry> entries = order.sort(recorded);
        return new TimelineView(
                saga.id(),
                saga.order().status(),
                order == EntryOrder.RECORDED ? null : EntryOrder.effectsBeforeCauses(entries),
                entries.stream().map(EntryView::of).toList());
    }
}
