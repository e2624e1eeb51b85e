package io.orderly.shipping.dispatch;

/** The reason codes of declined shipments in the reply to the saga. */
enum DeclineReason {
    ADDRESS_NOT_SERVED,
    NO_CAPACITY
}
