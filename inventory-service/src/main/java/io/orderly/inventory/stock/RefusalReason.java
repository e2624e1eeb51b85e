package io.orderly.inventory.stock;

/** Why a reservation cannot be settled, as the reply to the saga says it: commands that a working saga never sends. */
enum RefusalReason {
    NO_RESERVATION,
    RESERVATION_RELEASED,
    ALREADY_SHIPPED
}
