package io.orderly.order.saga;

/** Why a saga waits for an operator. */
public enum ParkReason {
    /** A participant refused to undo a step. */
    COMPENSATION_FAILED,
    /** A participant refused a step after the pivot, where there is no way back. */
    COMPLETION_FAILED,
    /** The awaited command, or its reply, is among the dead letters; replaying it there sets the saga going again. */
    DEAD_LETTERED,
    /** An operator stopped it. Nothing but an operator, or a cancellation, sets it going again. */
    PARKED_BY_OPERATOR
}
