package io.orderly.order;

import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Rejected;

/** The status of an order as its customer sees it. */
public enum OrderStatus {
    /** The saga is running, forward or compensating. */
    PENDING,
    /** Every step of the saga is completed. */
    CONFIRMED,
    /** The order could not be fulfilled; every completed step is compensated. */
    REJECTED,
    /** The customer cancelled the order; every completed step is compensated. */
    CANCELLED,
    /** The saga waits for an operator or for a replayed message. */
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
