package io.orderly.order.saga;

import io.orderly.contracts.Command;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.event.InventoryReleased;
import io.orderly.contracts.event.InventoryReserved;
import io.orderly.contracts.event.OrderCancelled;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderEvent;
import io.orderly.contracts.event.OrderParked;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.contracts.event.OrderRejected;
import io.orderly.contracts.event.OrderResumed;
import io.orderly.contracts.event.PaymentCharged;
import io.orderly.contracts.event.PaymentRefunded;
import io.orderly.contracts.event.ShipmentCancelled;
import io.orderly.contracts.event.ShipmentScheduled;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.Reply;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.order.saga.SagaInput.CancellationRequested;
import io.orderly.order.saga.SagaInput.Compensate;
import io.orderly.order.saga.SagaInput.OperatorAction;
import io.orderly.order.saga.SagaInput.Park;
import io.orderly.order.saga.SagaInput.Replied;
import io.orderly.order.saga.SagaInput.ReplyDeadLettered;
import io.orderly.order.saga.SagaInput.Retry;
import io.orderly.order.saga.SagaInput.TimePassed;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Compensated;
import io.orderly.order.saga.SagaState.Compensating;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Rejected;
import io.orderly.order.saga.SagaState.Terminal;
import io.orderly.order.saga.Transition.Moved;
import io.orderly.order.saga.Transition.Refused;
import io.orderly.order.saga.Transition.Unchanged;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Computes the transitions of an order's saga. Pure: the result depends on the arguments only, and there are no side effects. */
public final class OrderSaga {

    private final Deadlines deadlines;

    public OrderSaga(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** The first transition of the saga of a new order. */
    public Moved start(SagaOrder order, Instant now) {
        return forward(
                order,
                SagaDefinition.first(),
                List.of(new OrderPlaced(order.id(), order.customer(), order.lines(), order.total())),
                now);
    }

    /**
     * Computes the transition for an input.
     *
     * @param state the current state of the saga of this order
     * @param now the current deadline time
     */
    public Transition on(SagaOrder order, SagaState state, SagaInput input, Instant now) {
        return switch (state) {
            case Active active -> whileActive(order, active, input, now);
            case Parked parked -> whileParked(order, parked, input, now);
            case Terminal terminal -> whenEnded(terminal, input);
        };
    }

    private Transition whileActive(SagaOrder order, Active state, SagaInput input, Instant now) {
        return switch (input) {
            case Replied(Reply reply) -> replied(order, state, reply, now);
            case ReplyDeadLettered(String cause) -> park(order, state, ParkReason.DEAD_LETTERED, cause);
            case TimePassed() -> timePassed(order, state, now);
            case CancellationRequested() -> cancel(order, state, now);
            case Retry _ -> new Refused(state, Refusal.NOT_PARKED);
            case Park _ -> park(order, state, ParkReason.PARKED_BY_OPERATOR, "An operator stopped the saga.");
            case Compensate _ -> compensate(order, state, now);
        };
    }

    /** An input that resumes a parked saga gives the same transition as if the saga had not been parked. */
    private Transition whileParked(SagaOrder order, Parked parked, SagaInput input, Instant now) {
        return switch (input) {
            case Replied(Reply reply) ->
                // Ignoring the reply is safe: a retry sends the command again, and the participant repeats the recorded
                // reply.
                parked.reason() == ParkReason.PARKED_BY_OPERATOR
                        ? new Unchanged(parked, "the saga is parked by an operator")
                        : resume(order, parked, replied(order, parked.resumesAt(), reply, now));
            case ReplyDeadLettered _ -> new Unchanged(parked, "already parked");
            case TimePassed() -> new Unchanged(parked, "a parked saga has no deadline");
            case CancellationRequested() -> resume(order, parked, cancel(order, parked.resumesAt(), now));
            case Retry _ -> resume(order, parked, resend(order, parked.resumesAt(), now));
            case Park _ -> new Refused(parked, Refusal.ALREADY_PARKED);
            case Compensate _ -> resume(order, parked, compensate(order, parked.resumesAt(), now));
        };
    }

    private static Transition whenEnded(Terminal end, SagaInput input) {
        return switch (input) {
            case Replied _, ReplyDeadLettered _, TimePassed _ -> new Unchanged(end, "the saga has ended");
            case CancellationRequested() ->
                end instanceof Cancelled
                        ? new Unchanged(end, "the order is already cancelled")
                        : new Refused(end, Refusal.ENDED);
            case OperatorAction _ -> new Refused(end, Refusal.ENDED);
        };
    }

    private static Transition resume(SagaOrder order, Parked parked, Transition transition) {
        return switch (transition) {
            case Moved moved ->
                switch (moved.state()) {
                    case Parked again when again.reason() == parked.reason() -> new Unchanged(parked, "already parked");
                    case Parked _ -> moved;
                    case Active _, Terminal _ -> moved.precededBy(new OrderResumed(order.id()));
                };
            case Unchanged unchanged -> new Unchanged(parked, unchanged.why());
            case Refused refused -> new Refused(parked, refused.refusal());
        };
    }

    private Transition replied(SagaOrder order, Active state, Reply reply, Instant now) {
        if (!isAwaited(order, state, reply)) {
            return new Unchanged(state, "unexpected reply; awaiting " + state.awaited());
        }
        return switch (reply) {
            case StepCompleted completed -> completed(order, state, completed, now);
            // The participant declined the step, so there is nothing to compensate for it.
            case StepDeclined declined ->
                failed(order, state, SagaDefinition::compensationsBefore, declined.reason(), declined.detail(), now);
            // After a protocol violation the effect of the step is unknown, so the step is compensated too.
            case StepRefused refused ->
                failed(order, state, SagaDefinition::compensationsThrough, refused.reason(), refused.detail(), now);
            case CommandDeadLettered letter ->
                park(order, state, ParkReason.DEAD_LETTERED, letter.topic() + ": " + letter.cause());
        };
    }

    private static boolean isAwaited(SagaOrder order, Active state, Reply reply) {
        return switch (reply) {
            case StepReply answer -> answer.step() == state.awaited();
            // The dead letter may be unreadable, so the command is identified by its topic only.
            case CommandDeadLettered letter -> letter.topic().equals(topicOfAwaited(order, state));
        };
    }

    private Moved completed(SagaOrder order, Active state, StepCompleted reply, Instant now) {
        OrderEvent event = event(reply);
        return switch (state) {
            case Forward forward ->
                SagaDefinition.after(forward.awaited())
                        .map(next -> forward(order, next, List.of(event), now))
                        .orElseGet(() -> new Moved(new Confirmed(), List.of(), List.of(event)));
            case Compensating compensating ->
                compensate(order, compensating.remainingAfterAwaited(), compensating.outcome(), List.of(event), now);
        };
    }

    private Moved failed(
            SagaOrder order,
            Active state,
            Function<SagaStep, List<SagaStep>> compensationsFor,
            String reason,
            String detail,
            Instant now) {
        if (state instanceof Forward forward && SagaDefinition.isBeforePivot(forward.awaited())) {
            var outcome = new Rejected(new Cause(reason, detail));
            return compensate(order, compensationsFor.apply(forward.awaited()), outcome, List.of(), now);
        }
        return park(order, state, parkReasonFor(state), reason + ": " + detail);
    }

    private static ParkReason parkReasonFor(Active state) {
        return switch (state) {
            case Forward _ -> ParkReason.COMPLETION_FAILED;
            case Compensating _ -> ParkReason.COMPENSATION_FAILED;
        };
    }

    private Transition timePassed(SagaOrder order, Active state, Instant now) {
        if (now.isBefore(state.deadline())) {
            return new Unchanged(state, "the deadline has not passed");
        }
        if (state instanceof Forward forward && SagaDefinition.isBeforePivot(forward.awaited())) {
            // The effect of the step is unknown: completed, in progress or never received. So it is compensated too.
            return compensateFrom(order, forward, new Rejected(Cause.timedOut(forward.awaited())), now);
        }
        return resend(order, state, now);
    }

    private Transition cancel(SagaOrder order, Active state, Instant now) {
        return switch (state) {
            case Forward forward -> compensateFrom(order, forward, new Cancelled(Cause.cancelledByCustomer()), now);
            case Compensating compensating ->
                switch (compensating.outcome()) {
                    case Cancelled _ -> new Unchanged(state, "the order is already being cancelled");
                    case Rejected _ -> new Refused(state, Refusal.ALREADY_REJECTING);
                };
        };
    }

    private Transition compensate(SagaOrder order, Active state, Instant now) {
        return switch (state) {
            case Forward forward -> compensateFrom(order, forward, new Rejected(Cause.givenUpByOperator()), now);
            case Compensating _ -> new Refused(state, Refusal.ALREADY_COMPENSATING);
        };
    }

    private Transition compensateFrom(SagaOrder order, Forward state, Compensated outcome, Instant now) {
        return SagaDefinition.isBeforePivot(state.awaited())
                ? compensate(order, SagaDefinition.compensationsThrough(state.awaited()), outcome, List.of(), now)
                : new Refused(state, Refusal.PIVOT_PASSED);
    }

    private static Moved park(SagaOrder order, Active state, ParkReason reason, String detail) {
        return new Moved(
                new Parked(reason, detail, state),
                List.of(),
                List.of(new OrderParked(order.id(), reason.name(), detail)));
    }

    private Moved forward(SagaOrder order, SagaStep step, List<OrderEvent> events, Instant now) {
        var state = new Forward(step, 1, deadlines.after(now, step, 1));
        return new Moved(state, List.of(SagaDefinition.command(step, order)), events);
    }

    private Moved compensate(
            SagaOrder order, List<SagaStep> compensations, Compensated outcome, List<OrderEvent> events, Instant now) {
        if (compensations.isEmpty()) {
            return new Moved(
                    outcome,
                    List.of(),
                    Stream.concat(events.stream(), Stream.of(endEvent(order.id(), outcome)))
                            .toList());
        }
        SagaStep first = compensations.getFirst();
        var state = new Compensating(compensations, 1, deadlines.after(now, first, 1), outcome);
        return new Moved(state, List.of(SagaDefinition.command(first, order)), events);
    }

    private Moved resend(SagaOrder order, Active state, Instant now) {
        SagaStep step = state.awaited();
        int attempt = state.attempt() + 1;
        Instant deadline = deadlines.after(now, step, attempt);
        Active next = switch (state) {
            case Forward _ -> new Forward(step, attempt, deadline);
            case Compensating compensating ->
                new Compensating(compensating.remaining(), attempt, deadline, compensating.outcome());
        };
        return new Moved(next, List.of(SagaDefinition.command(step, order)), List.of());
    }

    private static String topicOfAwaited(SagaOrder order, Active state) {
        Command command = SagaDefinition.command(state.awaited(), order);
        return MessageType.of(command).topic().topicName();
    }

    private static OrderEvent event(StepCompleted reply) {
        return switch (reply) {
            case StockReserved(OrderId order) -> new InventoryReserved(order);
            case ChargeCaptured(OrderId order, var paymentId, var amount) ->
                new PaymentCharged(order, paymentId, amount);
            case ShipmentBooked(OrderId order, var shipmentId, var shipsOn) ->
                new ShipmentScheduled(order, shipmentId, shipsOn);
            case StockCommitted(OrderId order) -> new OrderConfirmed(order);
            case ShipmentWithdrawn(OrderId order) -> new ShipmentCancelled(order);
            case ChargeReversed(OrderId order, var refunded) -> new PaymentRefunded(order, refunded);
            case StockReleased(OrderId order) -> new InventoryReleased(order);
        };
    }

    private static OrderEvent endEvent(OrderId order, Compensated outcome) {
        Cause cause = outcome.cause();
        return switch (outcome) {
            case Rejected _ -> new OrderRejected(order, cause.reason(), cause.detail());
            case Cancelled _ -> new OrderCancelled(order, cause.reason(), cause.detail());
        };
    }
}
