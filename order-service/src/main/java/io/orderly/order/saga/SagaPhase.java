package io.orderly.order.saga;

import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Compensating;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Rejected;

/** The kinds of {@link SagaState}. */
public enum SagaPhase {
    FORWARD,
    COMPENSATING,
    PARKED,
    CONFIRMED,
    REJECTED,
    CANCELLED;

    public static SagaPhase of(SagaState state) {
        return switch (state) {
            case Forward _ -> FORWARD;
            case Compensating _ -> COMPENSATING;
            case Parked _ -> PARKED;
            case Confirmed _ -> CONFIRMED;
            case Rejected _ -> REJECTED;
            case Cancelled _ -> CANCELLED;
        };
    }
}
