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
 * The saga of one order as it is kept. It has no version: every transaction that moves it has locked its row, see {@link Sagas#lock}.
 * Immutable for Hibernate, which only inserts and loads it: changes are written by {@link Sagas#update}.
 */
@Entity
@Immutable
@Table(name = "sagas")
public class SagaInstance extends AssignedIdEntity<UUID> {

    @Id
    private UUID orderId;

    /** Read after the lock is granted and never together with it: a row that is read along with a lock may be an old one. */
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
     * The saga of an order that is about to be stored too.
     *
     * @param timelineSize how many entries its timeline has at once
     * @param traceParent the trace in which the order is accepted; null if there is none
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

    /** The trace in which its order was accepted; null if there was none. */
    public @Nullable TraceParent traceParent() {
        return TraceParent.parse(traceParent);
    }

    /** Takes the state that was decided, and the order with it. */
    void apply(Transition transition, int newTimelineSize) {
        if (newTimelineSize < timelineSize) {
            throw new IllegalArgumentException("nothing is taken out of a timeline of " + timelineSize);
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
