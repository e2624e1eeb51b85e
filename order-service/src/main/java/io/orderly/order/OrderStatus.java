package io.orderly.order;

import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Rejected;

/** What has become of an order. */
public enum OrderStatus {
    /** Under way, forward or back. */
    PENDING,
    /** Done. */
    CONFIRMED,
    /** It could not be fulfilled, and everything done for it is undone. */
    REJECTED,
    /** The customer cancelled it, and everything done for it is undone. */
    CANCELLED,
    /** Stopped until a person, or a replayed message, sets it going again. */
    PARKED;

    public static OrderStatus of(SagaState state) {
        return switch (state) {
            case Active _ -> PENDING;
            case Parked _ -> PARKED;
            case Confirmed _ -> CONFIRMED;
            case Rejected _ -> REJECTED;
            case Cancelled _ -> CANCELLED;
        };
    }
}
