package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.order.OrderStatus;
import io.orderly.order.saga.SagaOrder;
import io.orderly.order.saga.SagaState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The saga of one order as it is kept.
 *
 * @param placedAt when its order was accepted
 * @param traceParent the trace in which its order was accepted; null if there was none
 * @param timelineSize the number of the last entry of its timeline
 */
public record Saga(
        SagaOrder order, Instant placedAt, @Nullable TraceParent traceParent, SagaState state, int timelineSize) {

    public OrderId id() {
        return order.id();
    }

    public OrderStatus status() {
        return OrderStatus.of(state);
    }

    Saga with(SagaState newState, int newTimelineSize) {
        return new Saga(order, placedAt, traceParent, newState, newTimelineSize);
    }
}
