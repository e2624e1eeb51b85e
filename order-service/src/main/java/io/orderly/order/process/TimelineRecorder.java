package io.orderly.order.process;

import io.orderly.contracts.Command;
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
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.Reply;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.deadletter.LetterAction;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.ParkReason;
import io.orderly.order.saga.SagaInput;
import io.orderly.order.saga.SagaInput.CancellationRequested;
import io.orderly.order.saga.SagaInput.OperatorAction;
import io.orderly.order.saga.SagaInput.Replied;
import io.orderly.order.saga.SagaInput.ReplyDeadLettered;
import io.orderly.order.saga.SagaInput.TimePassed;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Terminal;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.timeline.TimelineEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates the timeline entries of one saga for what happens in the current transaction. */
final class TimelineRecorder {

    private final OrderId order;
    private final List<TimelineEntry> entries = new ArrayList<>();
    private int size;

    /** @param size the number of the last stored entry; 0 if there is none */
    TimelineRecorder(OrderId order, int size) {
        this.order = order;
        this.size = size;
    }

    /** The number of the last entry, including the new entries. */
    int size() {
        return size;
    }

    /** The new entries, in order. */
    List<TimelineEntry> entries() {
        return entries;
    }

    /** @param before the state of the saga when it received the input */
    void recordInput(SagaInput input, SagaState before, EntryOrigin origin) {
        var awaited = Subject.awaited(before);
        switch (input) {
            case Replied(Reply reply) -> add(Kind.REPLY, Subject.reply(reply, before), outcome(reply), origin);
            case ReplyDeadLettered(String cause) ->
                add(Kind.DEAD_LETTER, awaited, new Cause(ParkReason.DEAD_LETTERED.name(), cause), origin);
            case TimePassed _ -> add(Kind.DEADLINE, awaited, null, origin);
            case CancellationRequested _ -> add(Kind.CANCELLATION, awaited, null, origin);
            case OperatorAction action ->
                add(
                        Kind.OPERATOR,
                        awaited.withMessage(action.getClass().getSimpleName()),
                        byOperator(action.note()),
                        origin);
        }
    }

    /**
     * An operator replays or discards a dead letter of the saga, or has replayed it in vain.
     *
     * @param before the state of the saga before that
     */
    void recordLetterAction(LetterAction action, SagaState before, String note, EntryOrigin origin) {
        String name = switch (action) {
            case REPLAY -> "ReplayDeadLetter";
            case FAILED_REPLAY -> "ReplayDeadLetterFailed";
            case DISCARD -> "DiscardDeadLetter";
        };
        add(Kind.OPERATOR, Subject.awaited(before).withMessage(name), byOperator(note), origin);
    }

    private static @Nullable Cause byOperator(String note) {
        return note.isEmpty() ? null : new Cause("BY_OPERATOR", note);
    }

    /** @param why a short explanation for humans */
    void recordIgnored(Reply reply, SagaState before, String why, EntryOrigin origin) {
        add(Kind.IGNORED, Subject.reply(reply, before), new Cause(Kind.IGNORED.name(), why), origin);
    }

    /** @param after the state of the saga after it sent the command */
    void recordCommand(Command command, SagaState after, EntryOrigin origin) {
        add(Kind.COMMAND, Subject.awaited(after).withMessage(command.getClass().getSimpleName()), null, origin);
    }

    void recordEvent(OrderEvent event, EntryOrigin origin) {
        switch (event) {
            case OrderPlaced _ -> add(Kind.PLACED, Subject.ORDER, null, origin);
            case OrderConfirmed _ -> add(Kind.CONFIRMED, Subject.ORDER, null, origin);
            case OrderRejected e -> add(Kind.REJECTED, Subject.ORDER, new Cause(e.reason(), e.detail()), origin);
            case OrderCancelled e -> add(Kind.CANCELLED, Subject.ORDER, new Cause(e.reason(), e.detail()), origin);
            case OrderParked e -> add(Kind.PARKED, Subject.ORDER, new Cause(e.reason(), e.detail()), origin);
            case OrderResumed _ -> add(Kind.RESUMED, Subject.ORDER, null, origin);
            // already recorded as a reply
            case InventoryReserved _,
                    PaymentCharged _,
                    ShipmentScheduled _,
                    ShipmentCancelled _,
                    PaymentRefunded _,
                    InventoryReleased _ -> {}
        }
    }

    private void add(Kind kind, Subject subject, @Nullable Cause cause, EntryOrigin origin) {
        size++;
        entries.add(new TimelineEntry(
                order,
                size,
                kind,
                subject.step(),
                subject.attempt(),
                subject.message(),
                origin.messageId(),
                cause,
                origin.at(),
                origin.lamportTime(),
                origin.hybridTime(),
                origin.traceId()));
    }

    /** Why the step did not complete; null if it did. */
    private static @Nullable Cause outcome(Reply reply) {
        return switch (reply) {
            case StepCompleted _ -> null;
            case StepDeclined declined -> new Cause(declined.reason(), declined.detail());
            case StepRefused refused -> new Cause(refused.reason(), refused.detail());
            case CommandDeadLettered letter -> new Cause(ParkReason.DEAD_LETTERED.name(), letter.cause());
        };
    }

    private static Optional<Active> active(SagaState state) {
        return switch (state) {
            case Active active -> Optional.of(active);
            case Parked parked -> Optional.of(parked.resumesAt());
            case Terminal _ -> Optional.empty();
        };
    }

    /** The step, attempt and message that an entry describes. */
    private record Subject(
            @Nullable SagaStep step,
            @Nullable Integer attempt,
            @Nullable String message) {

        static final Subject ORDER = new Subject(null, null, null);

        static Subject awaited(SagaState state) {
            return active(state)
                    .map(active -> new Subject(active.awaited(), active.attempt(), null))
                    .orElse(ORDER);
        }

        static Subject reply(Reply reply, SagaState state) {
            Subject awaited = awaited(state);
            String name = reply.getClass().getSimpleName();
            return switch (reply) {
                case StepReply answer when answer.step() == awaited.step() -> awaited.withMessage(name);
                case StepReply answer -> new Subject(answer.step(), null, name);
                case CommandDeadLettered _ -> awaited.withMessage(name);
            };
        }

        Subject withMessage(String name) {
            return new Subject(step, attempt, name);
        }
    }
}
