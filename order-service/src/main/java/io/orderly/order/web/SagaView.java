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
 * Where a saga stands.
 *
 * @param awaiting the step whose reply is awaited, also while parked; absent once it has ended
 * @param attempt how often that step's command was sent
 * @param remaining the compensations still to be completed; absent unless on the way back
 * @param deadline until when the reply is awaited; absent while parked, when no deadline runs
 * @param parked why it is parked; absent unless it is
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
            case Compensating back -> active(SagaPhase.COMPENSATING, back, null);
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
        List<SagaStep> remaining = state instanceof Compensating back ? back.remaining() : null;
        Instant deadline = parked == null ? state.deadline() : null;
        return new SagaView(phase, state.awaited(), state.attempt(), remaining, deadline, parked);
    }

    private static SagaView ended(SagaPhase phase) {
        return new SagaView(phase, null, null, null, null, null);
    }
}
