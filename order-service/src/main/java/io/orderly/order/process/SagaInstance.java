package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.kit.entities.AssignedIdEntity;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.order.Order;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.Transition;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * The persistent state of the saga of one order. It has no version column, because every transaction that changes it locks its row
 * first, see {@link Sagas#lock}. Hibernate
 * inserts and loads it and never updates it; {@link Sagas#update} writes changes.
 */
@Entity
@Immutable
@Table(name = "sagas")
public class SagaInstance extends AssignedIdEntity<UUID> {

    @Id
    private UUID orderId;

    /** Loaded by a query of its own after the lock is granted: a row that is joined by the locking query may be outdated. */
    @OneToOne(optional = false, fetch = FetchType.LAZY)
    @JoinColumn(name = "order_id", insertable = false, updatable = false)
    private Order order;

    @Embedded
    private StateColumns state;

    private int timelineSize;

    private @Nullable String traceParent;

    protected SagaInstance() {}

    private SagaInstance(Order order, SagaState state, int timelineSize, @Nullable TraceParent traceParent) {
        this.orderId = order.id().value();
        this.order = order;
        this.state = StateColumns.of(state);
        this.timelineSize = timelineSize;
        this.traceParent = TraceParent.toHeader(traceParent);
        order.updateFrom(state);
    }

    /**
     * Creates the saga of an order that is stored in the same transaction.
     *
     * @param timelineSize the number of entries that the timeline starts with
     * @param traceParent the trace in which the order is placed; null if there is none
     */
    public static SagaInstance of(Order order, SagaState state, int timelineSize, @Nullable TraceParent traceParent) {
        return new SagaInstance(order, state, timelineSize, traceParent);
    }

    public OrderId id() {
        return new OrderId(orderId);
    }

    public Order order() {
        return order;
    }

    StateColumns columns() {
        return state;
    }

    public SagaState state() {
        return state.toState();
    }

    /** The number of the last entry of its timeline. */
    public int timelineSize() {
        return timelineSize;
    }

    /** The trace in which the order was placed; null if there was none. */
    public @Nullable TraceParent traceParent() {
        return TraceParent.parse(traceParent);
    }

    /** Takes the state of the transition and updates the order accordingly. */
    void apply(Transition transition, int newTimelineSize) {
        if (newTimelineSize < timelineSize) {
            throw new IllegalArgumentException(
                    "a timeline of %d entries cannot shrink to %d".formatted(timelineSize, newTimelineSize));
        }
        state = StateColumns.of(transition.state());
        timelineSize = newTimelineSize;
        order.updateFrom(transition.state());
    }

    @Override
    public UUID getId() {
        return orderId;
    }
}
