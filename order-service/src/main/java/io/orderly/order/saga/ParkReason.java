package io.orderly.order.saga;

/** Why a saga is parked. */
public enum ParkReason {
    /** A participant declined or refused a compensation. */
    COMPENSATION_FAILED,
    /** A participant declined or refused a step after the pivot, which cannot be compensated. */
    COMPLETION_FAILED,
    /** The awaited command or its reply is a dead letter; replaying the dead letter resumes the saga. */
    DEAD_LETTERED,
    /** An operator parked the saga. Only an operator or a cancellation resumes it. */
    PARKED_BY_OPERATOR
}
