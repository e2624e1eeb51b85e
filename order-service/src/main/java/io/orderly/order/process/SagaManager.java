package io.orderly.order.process;

import io.orderly.contracts.Command;
import io.orderly.contracts.event.OrderEvent;
import io.orderly.kit.deadletter.LetterAction;
import io.orderly.kit.messaging.LogicalTimestamp;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.messaging.MessageMetadata;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.kit.outbox.Outbox;
import io.orderly.order.Order;
import io.orderly.order.Orders;
import io.orderly.order.saga.OrderSaga;
import io.orderly.order.saga.SagaInput;
import io.orderly.order.saga.SagaInput.Replied;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Terminal;
import io.orderly.order.saga.Transition;
import io.orderly.order.saga.Transition.Moved;
import io.orderly.order.saga.Transition.Refused;
import io.orderly.order.saga.Transition.Unchanged;
import io.orderly.order.time.OrderTime;
import io.orderly.order.timeline.Timelines;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Starts sagas and applies inputs to them, within the caller's transaction. */
@Component
public class SagaManager {

    private final SagaDeadlines deadlines;
    private final Orders orders;
    private final Sagas sagas;
    private final Timelines timelines;
    private final Outbox outbox;
    private final Clock clock;
    private final OrderTime orderTime;
    private final DeadlineClock deadlineClock;
    private final MessageClock messageClock;
    private final MessageTraces traces;
    private final ApplicationEventPublisher events;

    SagaManager(
            SagaDeadlines deadlines,
            Orders orders,
            Sagas sagas,
            Timelines timelines,
            Outbox outbox,
            Clock clock,
            OrderTime orderTime,
            DeadlineClock deadlineClock,
            MessageClock messageClock,
            MessageTraces traces,
            ApplicationEventPublisher events) {
        this.deadlines = deadlines;
        this.orders = orders;
        this.sagas = sagas;
        this.timelines = timelines;
        this.outbox = outbox;
        this.clock = clock;
        this.orderTime = orderTime;
        this.deadlineClock = deadlineClock;
        this.messageClock = messageClock;
        this.traces = traces;
        this.events = events;
    }

    /** Stores the order and starts its saga. */
    public void start(Order order) {
        Moved start = present().start(order.toSagaOrder(), deadlineClock.now());
        var recorder = new TimelineRecorder(order.id(), 0);
        send(start, recorder);
        var saga = SagaInstance.of(order, start.state(), recorder.size(), traces.currentTraceParent());
        orders.save(order);
        sagas.save(saga);
        timelines.append(recorder.entries());
    }

    /** The rules with the deadlines that are in force now. A batch of sagas asks once. */
    OrderSaga present() {
        return new OrderSaga(deadlines.now());
    }

    /**
     * Applies an input to a saga: stores the new state and timeline entries and sends the resulting messages.
     *
     * @param rules of {@link #present}
     * @param saga locked by the current transaction
     * @param message the message that contained the input; null if there was none
     */
    Transition handle(OrderSaga rules, SagaInstance saga, SagaInput input, @Nullable MessageMetadata message) {
        SagaState before = saga.state();
        Transition transition = rules.on(saga.order().toSagaOrder(), before, input, deadlineClock.now());
        var recorder = new TimelineRecorder(saga.id(), saga.timelineSize());
        switch (transition) {
            case Moved moved -> {
                recorder.recordInput(input, before, message == null ? localOrigin() : EntryOrigin.of(message));
                send(moved, recorder);
                saga.apply(moved, recorder.size());
                sagas.update(saga);
            }
            case Unchanged unchanged -> {
                if (input instanceof Replied replied && message != null) {
                    recorder.recordIgnored(replied.reply(), before, unchanged.why(), EntryOrigin.of(message));
                    saga.apply(unchanged, recorder.size());
                    sagas.update(saga);
                }
            }
            // reported to the caller only; nothing is stored
            case Refused _ -> {}
        }
        timelines.append(recorder.entries());
        if (transition instanceof Moved(Terminal _, var _, var _)) {
            events.publishEvent(new SagaEnded(
                    saga.id(),
                    saga.order().status(),
                    orderTime.since(saga.order().placedAt())));
        }
        return transition;
    }

    /**
     * Records in the timeline what an operator does to a dead letter of the saga. Its state stays.
     *
     * @param saga locked by the current transaction
     * @param note who requested it and why; may be empty
     */
    void record(SagaInstance saga, LetterAction action, String note) {
        var recorder = new TimelineRecorder(saga.id(), saga.timelineSize());
        recorder.recordLetterAction(action, saga.state(), note, localOrigin());
        saga.apply(new Unchanged(saga.state(), "an operator acts on a dead letter"), recorder.size());
        sagas.update(saga);
        timelines.append(recorder.entries());
    }

    private void send(Moved moved, TimelineRecorder recorder) {
        for (OrderEvent event : moved.events()) {
            recorder.recordEvent(event, EntryOrigin.of(outbox.append(event)));
        }
        for (Command command : moved.commands()) {
            recorder.recordCommand(command, moved.state(), EntryOrigin.of(outbox.append(command)));
        }
    }

    private EntryOrigin localOrigin() {
        LogicalTimestamp stamp = messageClock.next();
        TraceParent traceParent = traces.currentTraceParent();
        String traceId = traceParent == null ? null : traceParent.traceId();
        return new EntryOrigin(clock.instant(), stamp.lamportTime(), stamp.hybridTime(), null, traceId);
    }
}
