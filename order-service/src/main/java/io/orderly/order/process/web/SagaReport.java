package io.orderly.order.process.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.order.process.SagaInstance;
import io.orderly.order.saga.ParkReason;
import io.orderly.order.saga.SagaPhase;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Compensated;
import io.orderly.order.saga.SagaState.Compensating;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.web.CauseView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A saga as operators see it.
 *
 * @param parked why it is parked; absent unless it is
 * @param awaiting what it waits for, also while parked; absent once it has ended
 * @param remaining the compensations still to be completed; absent unless on the way back
 * @param cause why the order is, or will be, rejected or cancelled; absent on the way forward and once confirmed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SagaReport(
        OrderId orderId,
        CustomerId customer,
        SagaPhase state,
        @Nullable Halt parked,
        @Nullable Awaited awaiting,
        @Nullable List<SagaStep> remaining,
        @Nullable CauseView cause,
        Instant placedAt) {

    /**
     * Why and since when a saga is parked.
     *
     * @param detail a sentence for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Halt(ParkReason reason, String detail, @Nullable Instant since) {}

    /**
     * The command whose reply a saga waits for.
     *
     * @param commandId its CloudEvents id, as it stands in the timeline and in a dead letter
     * @param attempt how often the step's command was sent
     * @param sentAt when it was sent last
     * @param deadline until when the reply is awaited; absent while parked, when no deadline runs
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Awaited(
            SagaStep step,
            @Nullable String command,
            @Nullable UUID commandId,
            int attempt,
            @Nullable Instant sentAt,
            @Nullable Instant deadline) {}

    /**
     * @param parking the last time it was parked; null if it never was
     * @param command the last command it sent; null if it sent none
     */
    static SagaReport of(SagaInstance saga, @Nullable TimelineEntry parking, @Nullable TimelineEntry command) {
        return switch (saga.state()) {
            case Active active -> underWay(saga, active, null, awaited(active, command, active.deadline()));
            case Parked parked ->
                underWay(
                        saga,
                        parked.resumesAt(),
                        new Halt(parked.reason(), parked.detail(), parking == null ? null : parking.at()),
                        awaited(parked.resumesAt(), command, null));
            case Confirmed _ -> report(saga, null, null, null, null);
            case Compensated undone -> report(saga, null, null, null, undone);
        };
    }

    private static Awaited awaited(Active state, @Nullable TimelineEntry command, @Nullable Instant deadline) {
        return command == null
                ? new Awaited(state.awaited(), null, null, state.attempt(), null, deadline)
                : new Awaited(
                        state.awaited(),
                        command.message(),
                        command.messageId(),
                        state.attempt(),
                        command.at(),
                        deadline);
    }

    private static SagaReport underWay(SagaInstance saga, Active state, @Nullable Halt parked, Awaited awaited) {
        return state instanceof Compensating back
                ? report(saga, parked, awaited, back.remaining(), back.outcome())
                : report(saga, parked, awaited, null, null);
    }

    private static SagaReport report(
            SagaInstance saga,
            @Nullable Halt parked,
            @Nullable Awaited awaited,
            @Nullable List<SagaStep> remaining,
            @Nullable Compensated outcome) {
        return new SagaReport(
                saga.id(),
                saga.order().customer(),
                SagaPhase.of(saga.state()),
                parked,
                awaited,
                remaining,
                outcome == null ? null : CauseView.of(outcome.cause()),
                saga.order().placedAt());
    }
}
