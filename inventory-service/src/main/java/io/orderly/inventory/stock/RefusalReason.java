package io.orderly.inventory.stock;

/** Reason codes of commands that violate the saga's protocol, as sent to the saga. A correct saga never sends such commands. */
enum RefusalReason {
    NO_RESERVATION,
    RESERVATION_RELEASED,
    ALREADY_SHIPPED
}
