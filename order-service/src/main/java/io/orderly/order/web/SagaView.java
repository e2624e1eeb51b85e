package io.orderly.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.SagaStep;
import io.orderly.order.saga.SagaPhase;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Compensating;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Rejected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a saga.
 *
 * @param awaiting the step whose reply is awaited, also while parked; absent once the saga has ended
 * @param attempt the number of times that the command of this step was sent
 * @param remaining the compensations that are not completed; absent unless the saga is compensating
 * @param deadline when the saga stops waiting for the reply; absent while parked, because a parked saga has no deadline
 * @param parked why the saga is parked; absent if it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SagaView(
        SagaPhase phase,
        @Nullable SagaStep awaiting,
        @Nullable Integer attempt,
        @Nullable List<SagaStep> remaining,
        @Nullable Instant deadline,
        @Nullable CauseView parked) {

    static SagaView of(SagaState state) {
        return switch (state) {
            case Forward forward -> active(SagaPhase.FORWARD, forward, null);
            case Compensating compensating -> active(SagaPhase.COMPENSATING, compensating, null);
            case Parked parked ->
                active(
                        SagaPhase.PARKED,
                        parked.resumesAt(),
                        new CauseView(parked.reason().name(), parked.detail()));
            case Confirmed _ -> ended(SagaPhase.CONFIRMED);
            case Rejected _ -> ended(SagaPhase.REJECTED);
            case Cancelled _ -> ended(SagaPhase.CANCELLED);
        };
    }

    private static SagaView active(SagaPhase phase, Active state, @Nullable CauseView parked) {
        List<SagaStep> remaining = state instanceof Compensating compensating ? compensating.remaining() : null;
        Instant deadline = parked == null ? state.deadline() : null;
        return new SagaView(phase, state.awaited(), state.attempt(), remaining, deadline, parked);
    }

    private static SagaView ended(SagaPhase phase) {
        return new SagaView(phase, null, null, null, null, null);
    }
}
