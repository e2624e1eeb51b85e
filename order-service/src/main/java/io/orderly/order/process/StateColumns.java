package io.orderly.order.process;

import static java.util.Objects.requireNonNull;

import io.orderly.contracts.SagaStep;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.ParkReason;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Compensated;
import io.orderly.order.saga.SagaState.Compensating;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Rejected;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of a saga as columns that can be queried. A parked saga keeps the columns of the state in which it was parked and adds
 * the reason.
 *
 * @param remaining the compensations that are not completed, the awaited compensation first, separated by commas
 * @param outcome the phase in which a compensating saga will end
 */
@Embeddable
record StateColumns(
        @Enumerated(EnumType.STRING) Phase phase,
        @Enumerated(EnumType.STRING) @Nullable SagaStep awaiting,
        int attempt,
        @Nullable String remaining,
        @Enumerated(EnumType.STRING) @Nullable Phase outcome,
        @Nullable String causeReason,
        @Nullable String causeDetail,
        @Enumerated(EnumType.STRING) @Nullable ParkReason parkedReason,
        @Nullable String parkedDetail,
        @Nullable Instant deadlineAt) {

    enum Phase {
        FORWARD,
        COMPENSATING,
        CONFIRMED,
        REJECTED,
        CANCELLED
    }

    static StateColumns of(SagaState state) {
        return switch (state) {
            case Active active -> of(active, null, null);
            case Parked parked -> of(parked.resumesAt(), parked.reason(), parked.detail());
            case Confirmed _ -> new StateColumns(Phase.CONFIRMED, null, 0, null, null, null, null, null, null, null);
            case Compensated compensated -> ended(compensated);
        };
    }

    private static StateColumns of(Active state, @Nullable ParkReason parkedReason, @Nullable String parkedDetail) {
        return switch (state) {
            case Forward forward ->
                new StateColumns(
                        Phase.FORWARD,
                        forward.awaited(),
                        forward.attempt(),
                        null,
                        null,
                        null,
                        null,
                        parkedReason,
                        parkedDetail,
                        forward.deadline());
            case Compensating compensating ->
                new StateColumns(
                        Phase.COMPENSATING,
                        compensating.awaited(),
                        compensating.attempt(),
                        compensating.remaining().stream().map(SagaStep::name).collect(Collectors.joining(",")),
                        phase(compensating.outcome()),
                        compensating.outcome().cause().reason(),
                        compensating.outcome().cause().detail(),
                        parkedReason,
                        parkedDetail,
                        compensating.deadline());
        };
    }

    private static StateColumns ended(Compensated compensated) {
        Cause cause = compensated.cause();
        return new StateColumns(
                phase(compensated), null, 0, null, null, cause.reason(), cause.detail(), null, null, null);
    }

    private static Phase phase(Compensated compensated) {
        return switch (compensated) {
            case Rejected _ -> Phase.REJECTED;
            case Cancelled _ -> Phase.CANCELLED;
        };
    }

    SagaState toState() {
        return switch (phase) {
            case FORWARD -> withParking(new Forward(requireNonNull(awaiting), attempt, requireNonNull(deadlineAt)));
            case COMPENSATING ->
                withParking(new Compensating(
                        steps(requireNonNull(remaining)),
                        attempt,
                        requireNonNull(deadlineAt),
                        compensated(requireNonNull(outcome))));
            case CONFIRMED -> new Confirmed();
            case REJECTED, CANCELLED -> compensated(phase);
        };
    }

    private SagaState withParking(Active active) {
        return parkedReason == null ? active : new Parked(parkedReason, requireNonNull(parkedDetail), active);
    }

    private Compensated compensated(Phase end) {
        var cause = new Cause(requireNonNull(causeReason), requireNonNull(causeDetail));
        return switch (end) {
            case REJECTED -> new Rejected(cause);
            case CANCELLED -> new Cancelled(cause);
            case FORWARD, COMPENSATING, CONFIRMED ->
                throw new IllegalStateException("not the end of a compensation: " + end);
        };
    }

    private static List<SagaStep> steps(String joined) {
        return Arrays.stream(joined.split(",")).map(SagaStep::valueOf).toList();
    }
}
