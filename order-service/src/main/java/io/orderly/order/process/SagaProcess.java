package io.orderly.order.process;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.event.OrderEvent;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.messaging.MessageMetadata;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.messaging.Stamp;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.kit.outbox.Outbox;
import io.orderly.order.Order;
import io.orderly.order.saga.OrderSaga;
import io.orderly.order.saga.SagaInput;
import io.orderly.order.saga.SagaInput.Replied;
import io.orderly.order.saga.SagaOrder;
import io.orderly.order.saga.SagaState.Terminal;
import io.orderly.order.saga.Transition;
import io.orderly.order.saga.Transition.Moved;
import io.orderly.order.saga.Transition.Refused;
import io.orderly.order.saga.Transition.Unchanged;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.timeline.Timelines;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Starts sagas and moves them, each time within the caller's transaction. */
@Component
public class SagaProcess {

    private final OrderSaga orderSaga;
    private final Sagas sagas;
    private final Timelines timelines;
    private final Outbox outbox;
    private final Clock clock;
    private final DeadlineClock deadlineClock;
    private final MessageClock messageClock;
    private final MessageTraces traces;
    private final ApplicationEventPublisher events;

    SagaProcess(
            OrderSaga orderSaga,
            Sagas sagas,
            Timelines timelines,
            Outbox outbox,
            Clock clock,
            DeadlineClock deadlineClock,
            MessageClock messageClock,
            MessageTraces traces,
            ApplicationEventPublisher events) {
        this.orderSaga = orderSaga;
        this.sagas = sagas;
        this.timelines = timelines;
        this.outbox = outbox;
        this.clock = clock;
        this.deadlineClock = deadlineClock;
        this.messageClock = messageClock;
        this.traces = traces;
        this.events = events;
    }

    /** Stores an order that the current transaction accepts, and starts its saga. */
    public void start(Order order) {
        SagaOrder forSaga = order.forSaga();
        Moved start = orderSaga.start(forSaga, deadlineClock.now());
        var chronicle = new Chronicle(forSaga.id(), 0);
        send(start, chronicle);
        var saga = new Saga(forSaga, order.placedAt(), traces.currentTraceParent(), start.state(), chronicle.size());
        sagas.insert(saga, order);
        timelines.append(chronicle.entries());
    }

    /** Takes the sagas of these orders under lock, as far as they exist. */
    Session lock(Collection<OrderId> orders) {
        return new Session(sagas.lock(orders));
    }

    /** Takes overdue sagas under lock that nobody else has. */
    Session lockOverdue(int limit) {
        return new Session(sagas.lockOverdue(deadlineClock.now(), limit));
    }

    private void send(Moved moved, Chronicle chronicle) {
        for (OrderEvent event : moved.events()) {
            chronicle.madePublic(event, Origin.of(outbox.append(event)));
        }
        for (Command command : moved.commands()) {
            chronicle.sent(command, moved.state(), Origin.of(outbox.append(command)));
        }
    }

    private Origin here() {
        Stamp stamp = messageClock.next();
        TraceParent traceParent = traces.currentTraceParent();
        String traceId = traceParent == null ? null : traceParent.traceId();
        return new Origin(clock.instant(), stamp.lamportTime(), stamp.hybridTime(), null, traceId);
    }

    /** The sagas that one transaction holds under lock. They move in memory, and are written in one go. */
    final class Session {

        private final Map<OrderId, Saga> held = new LinkedHashMap<>();
        private final Set<OrderId> changed = new TreeSet<>();
        private final Set<OrderId> withNewStatus = new TreeSet<>();
        private final List<TimelineEntry> entries = new ArrayList<>();

        private Session(List<Saga> locked) {
            locked.forEach(saga -> held.put(saga.id(), saga));
        }

        Collection<Saga> held() {
            return List.copyOf(held.values());
        }

        boolean holds(OrderId order) {
            return held.containsKey(order);
        }

        /**
         * Tells a saga of this session something, and sends what comes of it.
         *
         * @param message what brought it; null if no message did
         */
        Transition tell(OrderId order, SagaInput input, @Nullable MessageMetadata message) {
            Saga saga = held.get(order);
            if (saga == null) {
                throw new IllegalArgumentException("this session does not hold the saga of order " + order);
            }
            Transition transition = orderSaga.on(saga.order(), saga.state(), input, deadlineClock.now());
            var chronicle = new Chronicle(order, saga.timelineSize());
            switch (transition) {
                case Moved moved -> {
                    chronicle.heard(input, saga.state(), message == null ? here() : Origin.of(message));
                    send(moved, chronicle);
                }
                case Unchanged unchanged -> {
                    if (input instanceof Replied replied && message != null) {
                        chronicle.ignored(replied.reply(), saga.state(), unchanged.why(), Origin.of(message));
                    }
                }
                // Whoever asked gets this answer; the saga need not remember it.
                case Refused _ -> {}
            }
            if (chronicle.size() > saga.timelineSize()) {
                keep(saga, saga.with(transition.state(), chronicle.size()));
                entries.addAll(chronicle.entries());
            }
            return transition;
        }

        private void keep(Saga before, Saga after) {
            held.put(after.id(), after);
            changed.add(after.id());
            if (after.status() != before.status()) {
                withNewStatus.add(after.id());
                if (after.state() instanceof Terminal) {
                    events.publishEvent(new SagaEnded(
                            after.id(), after.status(), Duration.between(after.placedAt(), clock.instant())));
                }
            }
        }

        /** Writes what has changed. */
        void save() {
            sagas.update(changed.stream().map(held::get).toList());
            sagas.updateOrderStatus(withNewStatus.stream().map(held::get).toList());
            timelines.append(entries);
        }
    }
}
