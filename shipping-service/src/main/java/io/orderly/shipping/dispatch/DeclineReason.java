package io.orderly.shipping.dispatch;

/** Why no slot is booked, as the reply to the saga says it. */
enum DeclineReason {
    ADDRESS_NOT_SERVED,
    NO_CAPACITY
}
