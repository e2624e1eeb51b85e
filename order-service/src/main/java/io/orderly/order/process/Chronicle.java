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
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.ParkReason;
import io.orderly.order.saga.SagaInput;
import io.orderly.order.saga.SagaInput.CancellationRequested;
import io.orderly.order.saga.SagaInput.OperatorVerb;
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

/** Puts what happens to one saga into the words of its timeline. */
final class Chronicle {

    private final OrderId order;
    private final List<TimelineEntry> entries = new ArrayList<>();
    private int size;

    /** @param size the number of the last entry there is */
    Chronicle(OrderId order, int size) {
        this.order = order;
        this.size = size;
    }

    /** The number of the last entry, the new ones included. */
    int size() {
        return size;
    }

    /** The new entries. */
    List<TimelineEntry> entries() {
        return entries;
    }

    /** @param before the state in which the saga heard it */
    void heard(SagaInput input, SagaState before, Origin origin) {
        var awaited = About.awaited(before);
        switch (input) {
            case Replied(Reply reply) -> add(Kind.REPLY, About.reply(reply, before), outcome(reply), origin);
            case ReplyDeadLettered(String cause) ->
                add(Kind.DEAD_LETTER, awaited, new Cause(ParkReason.DEAD_LETTERED.name(), cause), origin);
            case TimePassed _ -> add(Kind.DEADLINE, awaited, null, origin);
            case CancellationRequested _ -> add(Kind.CANCELLATION, awaited, null, origin);
            case OperatorVerb verb ->
                add(Kind.OPERATOR, awaited.says(verb.getClass().getSimpleName()), null, origin);
        }
    }

    /** @param why a few words for people */
    void ignored(Reply reply, SagaState before, String why, Origin origin) {
        add(Kind.IGNORED, About.reply(reply, before), new Cause(Kind.IGNORED.name(), why), origin);
    }

    /** @param after the state in which the saga has sent it */
    void sent(Command command, SagaState after, Origin origin) {
        add(Kind.COMMAND, About.awaited(after).says(command.getClass().getSimpleName()), null, origin);
    }

    void madePublic(OrderEvent event, Origin origin) {
        switch (event) {
            case OrderPlaced _ -> add(Kind.PLACED, About.THE_ORDER, null, origin);
            case OrderConfirmed _ -> add(Kind.CONFIRMED, About.THE_ORDER, null, origin);
            case OrderRejected e -> add(Kind.REJECTED, About.THE_ORDER, new Cause(e.reason(), e.detail()), origin);
            case OrderCancelled e -> add(Kind.CANCELLED, About.THE_ORDER, new Cause(e.reason(), e.detail()), origin);
            case OrderParked e -> add(Kind.PARKED, About.THE_ORDER, new Cause(e.reason(), e.detail()), origin);
            case OrderResumed _ -> add(Kind.RESUMED, About.THE_ORDER, null, origin);
            // the reply says it already
            case InventoryReserved _,
                    PaymentCharged _,
                    ShipmentScheduled _,
                    ShipmentCancelled _,
                    PaymentRefunded _,
                    InventoryReleased _ -> {}
        }
    }

    private void add(Kind kind, About about, @Nullable Cause cause, Origin origin) {
        size++;
        entries.add(new TimelineEntry(
                order,
                size,
                kind,
                about.step(),
                about.attempt(),
                about.message(),
                origin.messageId(),
                cause,
                origin.at(),
                origin.lamportTime(),
                origin.hybridTime(),
                origin.traceId()));
    }

    /** Why a reply is not what was hoped for; null if it is. */
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

    /** What an entry is about. */
    private record About(
            @Nullable SagaStep step,
            @Nullable Integer attempt,
            @Nullable String message) {

        static final About THE_ORDER = new About(null, null, null);

        static About awaited(SagaState state) {
            return active(state)
                    .map(active -> new About(active.awaited(), active.attempt(), null))
                    .orElse(THE_ORDER);
        }

        static About reply(Reply reply, SagaState state) {
            About awaited = awaited(state);
            String name = reply.getClass().getSimpleName();
            return switch (reply) {
                case StepReply answer when answer.step() == awaited.step() -> awaited.says(name);
                case StepReply answer -> new About(answer.step(), null, name);
                case CommandDeadLettered _ -> awaited.says(name);
            };
        }

        About says(String name) {
            return new About(step, attempt, name);
        }
    }
}
