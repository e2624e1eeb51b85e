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
 * A saga as shown to operators.
 *
 * @param parked why the saga is parked; absent if it is not
 * @param awaiting the command whose reply the saga awaits, also while parked; absent once the saga has ended
 * @param remaining the compensations that are not completed; absent unless the saga is compensating
 * @param cause why the order is or will be rejected or cancelled; absent while the saga runs forward and once it is confirmed
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
     * The reason and start of parking.
     *
     * @param detail a sentence for humans
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Halt(ParkReason reason, String detail, @Nullable Instant since) {}

    /**
     * The command whose reply a saga awaits.
     *
     * @param commandId the CloudEvents id of the command, as in the timeline and in dead letters
     * @param attempt the number of times that the command of this step was sent
     * @param sentAt when the command was last sent
     * @param deadline when the saga stops waiting for the reply; absent while parked, because a parked saga has no deadline
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
     * @param parking the latest entry of kind PARKED; null if there is none
     * @param command the latest entry of kind COMMAND; null if there is none
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
            case Compensated compensated -> report(saga, null, null, null, compensated);
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
        return state instanceof Compensating compensating
                ? report(saga, parked, awaited, compensating.remaining(), compensating.outcome())
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
