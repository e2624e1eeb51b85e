package io.orderly.antipatterns.ordering;

import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.kit.messaging.MessageMetadata;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.kit.outbox.Outbox;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.order.Order;
import io.orderly.order.OrderStatus;
import io.orderly.order.saga.SagaOrder;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.timeline.TimelineEntry.Kind;
import io.orderly.order.timeline.Timelines;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Orders that were fulfilled without a saga, stored as if their sagas had ended, so that they read like any other. */
public final class FulfilledOrders {

    private static final String INSERT_ORDER = """
            insert into orders (id, customer, lines, address, total, currency, status, placed_at)
            values (?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?)""";
    private static final String INSERT_SAGA = """
            insert into sagas (order_id, phase, attempt, timeline_size, trace_parent)
            values (?, 'CONFIRMED', 0, ?, ?)""";

    private final UnitOfWork unitOfWork;
    private final Timelines timelines;
    private final MessageTraces traces;
    private final JsonMapper json = new JsonMapper();

    FulfilledOrders(UnitOfWork unitOfWork, Timelines timelines, MessageTraces traces) {
        this.unitOfWork = unitOfWork;
        this.timelines = timelines;
        this.traces = traces;
    }

    /** The order as it will be when it is fulfilled. */
    public static Order confirmed(Order accepted) {
        return new Order(
                accepted.id(),
                accepted.customer(),
                accepted.lines(),
                accepted.address(),
                accepted.total(),
                OrderStatus.CONFIRMED,
                null,
                accepted.placedAt());
    }

    /**
     * Stores an order within the current transaction.
     *
     * @param order confirmed
     * @param facts where its events go
     */
    public void add(Order order, Outbox facts) {
        SagaOrder placed = order.forSaga();
        List<TimelineEntry> timeline = List.of(
                entry(
                        order,
                        1,
                        Kind.PLACED,
                        facts.append(new OrderPlaced(placed.id(), placed.customer(), placed.lines(), placed.total()))),
                entry(order, 2, Kind.CONFIRMED, facts.append(new OrderConfirmed(order.id()))));
        unitOfWork.write(
                INSERT_ORDER,
                order.id().value(),
                order.customer().value(),
                json.writeValueAsString(order.lines()),
                json.writeValueAsString(order.address()),
                order.total().amount(),
                order.total().currency(),
                order.status().name(),
                order.placedAt().atOffset(ZoneOffset.UTC));
        unitOfWork.write(
                INSERT_SAGA, order.id().value(), timeline.size(), TraceParent.toHeader(traces.currentTraceParent()));
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
