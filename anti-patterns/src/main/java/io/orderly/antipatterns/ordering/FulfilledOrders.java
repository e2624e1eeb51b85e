package io.orderly.antipatterns.ordering;

import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.kit.messaging.MessageMetadata;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.outbox.Outbox;
import io.orderly.order.Order;
import io.orderly.order.Orders;
import io.orderly.order.process.SagaInstance;
import io.orderly.order.process.Sagas;
import io.orderly.order.saga.SagaOrder;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.timeline.TimelineEntry.Kind;
import io.orderly.order.timeline.Timelines;
import java.util.List;

/** Stores orders that were fulfilled without a saga, in the same form as orders whose saga has ended. */
public final class FulfilledOrders {

    private final Orders orders;
    private final Sagas sagas;
    private final Timelines timelines;
    private final MessageTraces traces;

    FulfilledOrders(Orders orders, Sagas sagas, Timelines timelines, MessageTraces traces) {
        this.orders = orders;
        this.sagas = sagas;
        this.timelines = timelines;
        this.traces = traces;
    }

    /**
     * Confirms an accepted order and stores it in the current transaction.
     *
     * @param events the outbox for the order's events
     */
    public void add(Order order, Outbox events) {
        SagaOrder placed = order.toSagaOrder();
        List<TimelineEntry> timeline = List.of(
                entry(
                        order,
                        1,
                        Kind.PLACED,
                        events.append(new OrderPlaced(placed.id(), placed.customer(), placed.lines(), placed.total()))),
                entry(order, 2, Kind.CONFIRMED, events.append(new OrderConfirmed(order.id()))));
        SagaInstance saga = SagaInstance.of(order, new Confirmed(), timeline.size(), traces.currentTraceParent());
        orders.save(order);
        sagas.save(saga);
        timelines.append(timeline);
    }

    private static TimelineEntry entry(Order order, int seq, Kind kind, MessageMetadata event) {
        return new TimelineEntry(
                order.id(),
                seq,
                kind,
                null,
                null,
                null,
                event.id(),
                null,
                event.time(),
                event.lamportTime(),
                event.hybridTime(),
                event.traceId());
    }
}
