package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.kit.entities.AssignedIdEntity;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.order.Order;
import io.orderly.order.OrderStatus;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.Transition;
import io.orderly.partitions.PartitionId;
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

    /**
     * A query that locks the saga joins its order. If it waited for the lock, the status of the order may be outdated; the state of
     * the saga is not, and the status follows from it.
     */
    @OneToOne(optional = false, fetch = FetchType.LAZY)
    @JoinColumn(name = "order_id", insertable = false, updatable = false)
    private Order order;

    @Embedded
    private StateColumns state;

    private int timelineSize;

    private short partitionId;

    private @Nullable String traceParent;

    private transient boolean statusChanged;

    protected SagaInstance() {}

    private SagaInstance(Order order, SagaState state, int timelineSize, @Nullable TraceParent traceParent) {
        this.orderId = order.id().value();
        this.order = order;
        this.state = StateColumns.of(state);
        this.timelineSize = timelineSize;
        this.partitionId = (short) PartitionId.of(orderId).value();
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
        statusChanged |= OrderStatus.of(state()) != OrderStatus.of(transition.state());
        state = StateColumns.of(transition.state());
        timelineSize = newTimelineSize;
        order.updateFrom(transition.state());
    }

    /** Whether {@link #apply} has changed the status of the order. */
    boolean hasNewStatus() {
        return statusChanged;
    }

    @Override
    public UUID getId() {
        return orderId;
    }
}
